//! ## What it finds
//! TCPSTACKSOURCEVIPA on a stack without SOURCEVIPA: that of IPCONFIG needs it on IPCONFIG, that of IPCONFIG6 on IPCONFIG6.
//!
//! ## Why it hurts
//! It is not enabled: outbound connections leave from the address of the interface.
//!
//! ## Example
//! ```profile
//! IPCONFIG TCPSTACKSOURCEVIPA 192.0.2.1
//! ```
//!
//! ## How to mend it
//! Add SOURCEVIPA to the same statement.
//!
//! ## Source
//! 01:IP-04, 02:IPC4-03, 02:IPC6-03, 06:C13.

use super::{Check, Rule, StackView};
use crate::finding::{Applicability, Confidence, Effect, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::place::At;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "tcpstacksourcevipa-without-sourcevipa",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG SOURCEVIPA", "IPCONFIG6 SOURCEVIPA"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let (four, six) = (&stack.config.ipconfig, &stack.config.ipconfig6);
    if let Some(source) = four.stack_source.filter(|_| !four.source_vipa) {
        out.push(report(source.at, &source.value.to_string(), "IPCONFIG"));
    }
    if let Some(source) = six.stack_source.as_ref().filter(|_| !six.source_vipa) {
        out.push(report(source.at, &source.name, "IPCONFIG6"));
    }
}

fn report(at: At, source: &str, statement: &str) -> Report {
    Report::new(&RULE, at, format!("TCPSTACKSOURCEVIPA {source} has no effect without SOURCEVIPA"))
        .note(format!("add SOURCEVIPA to {statement}"))
}

/// Adds SOURCEVIPA.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    Some(Fix {
        title: format!("add SOURCEVIPA to {}", here.view.name()),
        applicability: Applicability::Unsafe,
        edits: vec![here.behind_name("SOURCEVIPA")],
    })
}
