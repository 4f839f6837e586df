//! ## What it finds
//! VIPARANGE DELETE of a range that the stack does not have.
//!
//! ## Why it hurts
//! Nothing is deleted: DELETE wants the same mask and address.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPARANGE DELETE 255.255.255.0 192.0.2.0
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Repeat mask and address of the DEFINE.
//!
//! ## Source
//! 05:C11.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparange-delete-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPARANGE"];
