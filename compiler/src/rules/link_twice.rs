//! ## What it finds
//! Two LINK statements of one name.
//!
//! ## Why it hurts
//! Which one counts is not documented.
//!
//! ## Example
//! ```profile
//! DEVICE D VIRTUAL 0
//! LINK L VIRTUAL 0 D
//! HOME 192.0.2.1 L
//! LINK L VIRTUAL 0 D
//! ```
//!
//! ## How to mend it
//! Give the second another name.
//!
//! ## Source
//! 03:NAM-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-twice",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
