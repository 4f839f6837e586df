//! ## What it finds
//! A value of `sysplex.toml` that is not possible, or one that is missing.
//!
//! ## Why it hurts
//! The sysplex that is checked is not the one that is meant.
//!
//! ## How to mend it
//! Give one of the values that are listed.
//!
//! ## Source
//! the reference of sysplex.toml.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplex-toml-value",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
