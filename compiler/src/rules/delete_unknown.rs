//! ## What it finds
//! DELETE of a device or link that is not there.
//!
//! ## Why it hurts
//! There is nothing to delete. Interfaces go with INTERFACE DELETE.
//!
//! ## Example
//! ```profile
//! DELETE DEVICE LCS1
//! ```
//!
//! ## How to mend it
//! Mend the name, or take the statement out.
//!
//! ## Source
//! 03:DEL-01, 03:IF-04, 02:DELE-04, 02:DELE-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "delete-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
