//! ## What it finds
//! A statement that ends before it is complete.
//!
//! ## Why it hurts
//! What follows is read as the missing operand, or the statement is dropped.
//!
//! ## Example
//! ```profile
//! LINK VLINK1 VIRTUAL 0
//! ```
//!
//! ## How to mend it
//! Add the operand that the message names.
//!
//! ## Source
//! 01:1.1, 05:C1.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "operand-missing",
    level: Severity::Error,
    message_id: Some("EZZ0318I"),
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
