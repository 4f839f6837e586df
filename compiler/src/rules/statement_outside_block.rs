//! ## What it finds
//! A statement that belongs into a block and stands outside it.
//!
//! ## Why it hurts
//! The stack does not know it there.
//!
//! ## Example
//! ```profile
//! VIPADEFINE 255.255.255.0 192.0.2.1
//! ```
//!
//! ## How to mend it
//! Put the block around it.
//!
//! ## Source
//! 01 2.1.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "statement-outside-block",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
