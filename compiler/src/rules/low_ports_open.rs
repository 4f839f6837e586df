//! ## What it finds
//! A stack that does not restrict the ports below 1024, for TCP or for UDP.
//!
//! ## Why it hurts
//! Any program may bind to such a port and pass for the service that people expect there. With RESTRICTLOWPORTS only what is
//! authorised, has UID 0 or is named in PORT or PORTRANGE may.
//!
//! ## Example
//! ```profile
//! TCPCONFIG RESTRICTLOWPORTS
//! UDPCONFIG UNRESTRICTLOWPORTS
//! ```
//!
//! ## How to mend it
//! Reserve the low ports that servers use, then add RESTRICTLOWPORTS to TCPCONFIG and UDPCONFIG.
//!
//! ## Source
//! 06:E, 02:TCPC-10, 02:UDPC-03.

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "low-ports-open",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG RESTRICTLOWPORTS", "UDPCONFIG RESTRICTLOWPORTS"];

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Security];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let both = [
        ("TCP", "TCPCONFIG", &config.tcpconfig.restrict_low_ports, config.tcpconfig.at),
        ("UDP", "UDPCONFIG", &config.udpconfig.restrict_low_ports, config.udpconfig.at),
    ];
    for (protocol, statement, said, last) in both {
        let (at, how) = match said {
            Some(restrict) if restrict.value => continue,
            Some(restrict) => (restrict.at, "UNRESTRICTLOWPORTS opens"),
            None => (last.unwrap_or(stack.setup.profile), "no RESTRICTLOWPORTS closes"),
        };
        let report = Report::new(
            &RULE,
            at,
            format!("{how} the {protocol} ports below 1024: any program may bind to one"),
        );
        out.push(
            report
                .note(format!("reserve those that servers use with PORT, then write `{statement} RESTRICTLOWPORTS`"))
                .note("jobs that are neither authorised nor named in PORT lose these ports when it takes effect"),
        );
    }
}

/// Writes RESTRICTLOWPORTS in place of its opposite, or adds it to a statement that is there.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    const WORD: &str = "RESTRICTLOWPORTS";
    let page = mender.page(&finding.place.file)?;
    let statement = if finding.message.contains(" TCP ") { "TCPCONFIG" } else { "UDPCONFIG" };
    let edit = if finding.message.starts_with("no ") {
        page.statements().filter(|here| here.view.name() == statement).last()?.behind_name(WORD)
    } else {
        page.replace(&finding.place, WORD)
    };
    Some(Fix {
        title: format!("write {statement} {WORD}"),
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    })
}
