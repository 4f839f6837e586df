//! ## What it finds
//! 127.0.0.1 in a HOME list.
//!
//! ## Why it hurts
//! It is always there; the statement is ignored.
//!
//! ## Example
//! ```profile
//! HOME 127.0.0.1 LOOPBACK
//! ```
//!
//! ## How to mend it
//! Take the entry out.
//!
//! ## Source
//! 03:HOM-08.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-loopback",
    level: Severity::Error,
    message_id: Some("EZZ0344I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
