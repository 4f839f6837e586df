//! ## What it finds
//! An allowance in a comment that allows nothing: the finding it was written for is gone.
//!
//! ## Why it hurts
//! It will hide the next one.
//!
//! ## Example
//! ```profile
//! ; vipa: allow(home-link-unknown) the link comes from the other member
//! HOME
//! ```
//!
//! ## How to mend it
//! Take the comment out.
//!
//! ## Source
//! The reference of allowances.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "allow-unused",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Takes the comment out.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.plain(&finding.place.file)?;
    let edits = vec![page.cut_comment(&finding.place)];
    Some(Fix { title: "take the comment out".to_owned(), applicability: Applicability::Safe, edits })
}
