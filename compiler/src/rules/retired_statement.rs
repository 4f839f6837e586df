//! ## What it finds
//! A statement that the target release no longer has.
//!
//! ## Why it hurts
//! The stack does not know it any more.
//!
//! ## Example
//! ```profile
//! GATEWAY 192.0.2.0 = L1 1500 0
//! ```
//!
//! ## How to mend it
//! Use what the message names in its place.
//!
//! ## Source
//! 01 1.7.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "retired-statement",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
