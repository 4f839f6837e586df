//! ## What it finds
//! A profile named in `sysplex.toml` that is not there or cannot be read.
//!
//! ## Why it hurts
//! The stack is checked as if its profile were empty.
//!
//! ## How to mend it
//! Mend the path; it is relative to the file.
//!
//! ## Source
//! the reference of sysplex.toml.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "profile-not-found",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
