//! ## What it finds
//! SMFPARMS, which SMFCONFIG has taken the place of.
//!
//! ## Why it hurts
//! It names records by numbers of the installation's own choice and knows only three of them; audit rules refuse it.
//!
//! ## Example
//! ```profile
//! SMFPARMS 96 97 98
//! ```
//!
//! ## How to mend it
//! Name the records on SMFCONFIG, and take SMFPARMS out.
//!
//! ## Source
//! 02:SMFP-01, 06:D21, 06:E.

use super::{Check, Rule, StackView};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-statement",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let Some(at) = stack.config.smfparms.at else { return };
    // Beside SMFCONFIG it is the business of another rule.
    if stack.config.smfconfig.at.is_some() {
        return;
    }
    out.push(
        Report::new(&RULE, at, "SMFPARMS is an old form: SMFCONFIG names its records by words")
            .note("write `SMFCONFIG TYPE119` with the records that you want in its place, such as TCPINIT, TCPTERM and FTPCLIENT"),
    );
}

/// Writes SMFCONFIG in its place, with the records of connections and clients.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    const INSTEAD: &str = "SMFCONFIG TYPE119 TCPINIT TCPTERM FTPCLIENT TN3270CLIENT";
    let page = mender.page(&finding.place.file)?;
    let whole = page.at(&finding.place)?.whole();
    Some(Fix {
        title: format!("write {INSTEAD}"),
        applicability: Applicability::Unsafe,
        edits: vec![page.replace(&whole, INSTEAD)],
    })
}
