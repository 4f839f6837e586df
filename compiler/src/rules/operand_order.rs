//! ## What it finds
//! A keyword of the statement that stands where it may not.
//!
//! ## Why it hurts
//! Operands of most statements have a fixed order; the stack drops what breaks it.
//!
//! ## Example
//! ```profile
//! PORT 21 TCP FTPD SHAREPORT NOAUTOLOG
//! ```
//!
//! ## How to mend it
//! Put the operands in the order of the syntax diagram.
//!
//! ## Source
//! 02:PORT-02, 01:VF-02, 01:VB-08.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "operand-order",
    level: Severity::Error,
    message_id: Some("EZZ0318I"),
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
