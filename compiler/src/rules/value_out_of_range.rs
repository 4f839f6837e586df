//! ## What it finds
//! A value of the right form that is not possible: an address, a mask, a number out of its range.
//!
//! ## Why it hurts
//! The entry or the statement is dropped. Where no source confirms the limit, this is a warning.
//!
//! ## Example
//! ```profile
//! PORT 70000 TCP WEBSRV
//! ```
//!
//! ## How to mend it
//! Give a value in the range that the message names.
//!
//! ## Source
//! 02:PORT-01, 01:VB-01, 03:ADR-01.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "value-out-of-range",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
