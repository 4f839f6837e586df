//! ## What it finds
//! Two CTC or LCS devices that take the same device number.
//!
//! ## Why it hurts
//! Such a device takes the number that is given and the next one, so the second to start fails.
//!
//! ## Example
//! ```profile
//! DEVICE CTC1 CTC D00
//! DEVICE CTC2 CTC D01
//! ```
//!
//! ## How to mend it
//! Give each device a pair of numbers of its own.
//!
//! ## Source
//! 03:DEV-60, 03:DEV-70, 03:ADR-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-number-overlap",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
