//! ## What it finds
//! A second UNRSV entry for job name `*` of one protocol.
//!
//! ## Why it hurts
//! Only one is possible.
//!
//! ## Example
//! ```profile
//! PORT UNRSV UDP * UNRSV UDP * DENY
//! ```
//!
//! ## How to mend it
//! Keep one of them.
//!
//! ## Source
//! 02:PORT-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-unreserved-twice",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
