//! ## What it finds
//! A symbolic address of the founding dialect that `[addresses]` does not name.
//!
//! ## Why it hurts
//! Nothing can be said of the statement.
//!
//! ## How to mend it
//! Add it under `[addresses]` in sysplex.toml.
//!
//! ## Source
//! 001, figure 6.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "symbolic-address-unknown",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
