//! ## What it finds
//! A block or list whose END is missing.
//!
//! ## Why it hurts
//! Everything behind it, to the end of the data set, is taken as part of it: statements after it never happen.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//! HOME
//! ```
//!
//! ## How to mend it
//! Put the END keyword behind its last entry.
//!
//! ## Source
//! 01:LX-08, 02:GEN-05.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "block-not-closed",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Writes the END before the statement that shows that the block is over, or at its own end.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let end = finding.message.rsplit(' ').next()?;
    let page = mender.page(&finding.place.file)?;
    let edit = match finding.related.first() {
        Some(before) => page.at(&before.place)?.before(&[end]),
        None => page.at(&finding.place)?.behind(&[end]),
    };
    Some(Fix { title: format!("close it by {end}"), applicability: Applicability::Unsafe, edits: vec![edit] })
}
