//! ## What it finds
//! An END keyword with nothing to close.
//!
//! ## Why it hurts
//! Its opener is missing or misspelt, so the entries before it were something else to the stack.
//!
//! ## Example
//! ```profile
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Take it out, or write the opener.
//!
//! ## Source
//! 01:LX-08.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "end-without-block",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Takes the END out.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.plain(&finding.place.file)?;
    let title = format!("take {} out", page.text(&finding.place));
    Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![page.cut(&finding.place)] })
}
