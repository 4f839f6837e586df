//! ## What it finds
//! Operands behind an INCLUDE that can only belong to the statement before it.
//!
//! ## Why it hurts
//! A statement ends where the next statement name begins, and INCLUDE is one. What follows the included data set begins no statement.
//!
//! ## Example
//! ```profile
//! PORT 80 TCP WEB1
//! INCLUDE SYS1.TCPPARMS(OPTIONS)
//!      443 TCP WEB1
//! ```
//!
//! ## How to mend it
//! Repeat the name of the statement, or put the INCLUDE behind all of its entries.
//!
//! ## Source
//! 03:GEN-09, 01:LX-03, 05:C5.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "include-splits-statement",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
