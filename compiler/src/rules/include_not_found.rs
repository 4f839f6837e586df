//! ## What it finds
//! An INCLUDE for which no file is known.
//!
//! ## Why it hurts
//! What the member says is missing from everything that this tool answers.
//!
//! ## Example
//! ```profile
//! INCLUDE SYS1.TCPPARMS(NONE)
//! ```
//!
//! ## How to mend it
//! Name the data set under `includes` in sysplex.toml.
//!
//! ## Source
//! 01:1.3.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "include-not-found",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
