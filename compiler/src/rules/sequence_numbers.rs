//! ## What it finds
//! Sequence numbers in columns 73 to 80, or ISPF numbers at the start of the records.
//!
//! ## Why it hurts
//! The stack takes them for operands: nearly every statement fails.
//!
//! ## How to mend it
//! UNNUM in the ISPF editor and NUMBER OFF, or `vipa lint --fix`.
//!
//! ## Source
//! 01:LX-06, 02:GEN-03, 06:D12.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sequence-numbers",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
