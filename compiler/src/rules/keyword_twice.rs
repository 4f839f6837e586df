//! ## What it finds
//! A keyword that stands twice in one statement.
//!
//! ## Why it hurts
//! Which one counts is not documented.
//!
//! ## Example
//! ```profile
//! IPCONFIG TTL 64 TTL 128
//! ```
//!
//! ## How to mend it
//! Take one of them out.
//!
//! ## Source
//! 01:GC-01.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "keyword-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};

/// Takes the second one out.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let title = format!("take the second {} out", page.text(&finding.place).to_ascii_uppercase());
    Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![page.cut(&finding.place)] })
}
