//! ## What it finds
//! A token that fits nothing that may stand at its place.
//!
//! ## Why it hurts
//! The stack drops the entry, the statement or the rest of the block, by the kind of statement.
//!
//! ## Example
//! ```profile
//! IPCONFIG SYSPLEXROUTNG
//! ```
//!
//! ## How to mend it
//! Write one of the words that the message lists.
//!
//! ## Source
//! 01:1.6, 05:C1.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unexpected-token",
    level: Severity::Error,
    message_id: Some("EZZ0318I"),
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
