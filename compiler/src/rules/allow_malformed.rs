//! ## What it finds
//! An allowance in a comment that cannot be read, names no rule or stack that exists, or gives no reason.
//!
//! ## Why it hurts
//! It has no effect.
//!
//! ## Example
//! ```profile
//! ; vipa: allow(home-link-unknow)
//! HOME
//! ```
//!
//! ## How to mend it
//! Write `; vipa: allow(rule) reason`.
//!
//! ## Source
//! The reference of allowances.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "allow-malformed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Writes the nearest rule or stack in place of one that does not exist.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let lacks = ["there is no rule ", "there is no stack "];
    let (_, behind) = lacks.iter().find_map(|lack| finding.message.split_once(lack))?;
    let (wrong, near) = behind.strip_suffix('?')?.split_once("; did you mean ")?;
    let page = mender.plain(&finding.place.file)?;
    let typed = page.text(&finding.place);
    // Stacks may be typed in lower case.
    let at = typed.to_ascii_uppercase().find(&wrong.to_ascii_uppercase())?;
    let text = format!("{}{near}{}", typed.get(..at)?, typed.get(at + wrong.len()..)?);
    let edits = vec![page.replace(&finding.place, text)];
    Some(Fix { title: format!("write {near}"), applicability: Applicability::Safe, edits })
}
