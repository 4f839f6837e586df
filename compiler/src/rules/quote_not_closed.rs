//! ## What it finds
//! A quoted text that does not end in its record.
//!
//! ## Why it hurts
//! The stack reads on, or refuses the statement.
//!
//! ## Example
//! ```profile
//! INCLUDE "A.B
//! ```
//!
//! ## How to mend it
//! Close it on the same record.
//!
//! ## Source
//! 01:LX-16.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "quote-not-closed",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Syntax,
};
