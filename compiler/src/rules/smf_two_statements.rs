//! ## What it finds
//! SMFPARMS and SMFCONFIG in one profile.
//!
//! ## Why it hurts
//! They choose the same records in two ways; SMFCONFIG is the one to use.
//!
//! ## Example
//! ```profile
//! SMFCONFIG TYPE119 TCPTERM
//! SMFPARMS 96 97 98
//! ```
//!
//! ## How to mend it
//! Take SMFPARMS out and name its records on SMFCONFIG.
//!
//! ## Source
//! 02:SMFC-01, 02:SMFP-01.

use super::{Check, Rule, StackView};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "smf-two-statements",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if let (Some(old), Some(new)) = (stack.config.smfparms.at, stack.config.smfconfig.at) {
        out.push(
            Report::new(&RULE, old, "SMFPARMS stands beside SMFCONFIG, which chooses the same records")
                .related(new, "SMFCONFIG here")
                .note("name the records of SMFPARMS on SMFCONFIG and take SMFPARMS out"),
        );
    }
}

/// Takes SMFPARMS out.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let whole = page.at(&finding.place)?.whole();
    Some(Fix {
        title: "take SMFPARMS out".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![page.cut(&whole)],
    })
}
