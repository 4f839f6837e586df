//! ## What it finds
//! A PARMSTRING of more than 115 characters.
//!
//! ## Why it hurts
//! A START command has room for 115; what becomes of the rest no source says.
//!
//! ## How to mend it
//! Put the values into a data set that the procedure reads.
//!
//! ## Source
//! 02:AUTO-11.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-parameter-long",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
