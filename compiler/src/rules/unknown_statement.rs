//! ## What it finds
//! A word where a statement begins that names no statement.
//!
//! ## Why it hurts
//! The stack passes over it, and what it should have done is missing.
//!
//! ## Example
//! ```profile
//! SOMAXCON 100
//! ```
//!
//! ## How to mend it
//! Write the name in full, or put `; ` before a remark.
//!
//! ## Source
//! 01:1.1, 06:D11.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-statement",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
