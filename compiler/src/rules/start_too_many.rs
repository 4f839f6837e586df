//! ## What it finds
//! The 256th device or interface with hardware that is started.
//!
//! ## Why it hurts
//! A stack can start 255 of them.
//!
//! ## How to mend it
//! Take out what is not needed. Static VIPAs do not count.
//!
//! ## Source
//! 03:DEV-14.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "start-too-many",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
