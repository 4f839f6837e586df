//! ## What it finds
//! IOBUFFERSIZE of a CTC device outside 32K to 65535.
//!
//! ## Why it hurts
//! The device does not take such buffers.
//!
//! ## Example
//! ```profile
//! DEVICE CTC1 CTC D00 IOBUFFERSIZE 4096
//! ```
//!
//! ## How to mend it
//! Write 32K, 32768 or 65535, or leave it out.
//!
//! ## Source
//! 03:DEV-61.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-buffer-size",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
