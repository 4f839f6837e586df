//! ## What it finds
//! Two DEVICE statements of one name.
//!
//! ## Why it hurts
//! A device has one statement; to change it, it is deleted first.
//!
//! ## Example
//! ```profile
//! DEVICE D VIRTUAL 0
//! LINK L VIRTUAL 0 D
//! HOME 192.0.2.1 L
//! DEVICE D VIRTUAL 1
//! ```
//!
//! ## How to mend it
//! Take one out, or give it another name.
//!
//! ## Source
//! 03:DEV-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-twice",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
