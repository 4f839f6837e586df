//! ## What it finds
//! A stack that does not write the SMF records of type 119 for the FTP client and the TSO Telnet client.
//!
//! ## Why it hurts
//! Nobody can tell later who sent which data set where, or logged on to which host: auditors ask for these records.
//!
//! ## Example
//! ```profile
//! SMFCONFIG TYPE119 FTPCLIENT
//! ```
//!
//! ## How to mend it
//! Write `SMFCONFIG TYPE119 FTPCLIENT TN3270CLIENT`.
//!
//! ## Source
//! 06:E, 02:11.

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "smf-records-missing",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["SMFCONFIG", "SMFPARMS"];

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Security];

/// What auditors ask for.
const WANTED: [&str; 2] = ["FTPCLIENT", "TN3270CLIENT"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let smf = &stack.config.smfconfig;
    let written = |record: &&str| smf.records.contains_key(&format!("119 {record}"));
    let missing: Vec<&str> = WANTED.into_iter().filter(|record| !written(record)).collect();
    if missing.is_empty() {
        return;
    }
    let records = missing.join(" and ");
    let message = match smf.at {
        Some(_) => format!("SMFCONFIG writes no {records} records of type 119"),
        None => format!("there is no SMFCONFIG, so the stack writes no {records} records"),
    };
    out.push(Report::new(&RULE, smf.at.unwrap_or(stack.setup.profile), message).note(format!(
        "write `SMFCONFIG TYPE119 {}`; it adds to what is written already",
        missing.join(" ")
    )));
}

/// Adds a statement for them behind the last one.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let missing: Vec<&str> = WANTED.into_iter().filter(|record| finding.message.contains(*record)).collect();
    let record = format!("SMFCONFIG TYPE119 {}", missing.join(" "));
    let last = page.statements().filter(|here| here.view.name() == "SMFCONFIG").last()?;
    Some(Fix {
        title: format!("add {record}"),
        applicability: Applicability::Unsafe,
        edits: vec![last.behind(&[&record])],
    })
}
