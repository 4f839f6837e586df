//! ## What it finds
//! An INCLUDE that leads back to a data set that is being read, or that is nested too deep.
//!
//! ## Why it hurts
//! The stack would read without end, or stops.
//!
//! ## How to mend it
//! Take the INCLUDE out.
//!
//! ## Source
//! 02:19.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "include-loop",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
