//! ## What it finds
//! Two stacks of one name.
//!
//! ## Why it hurts
//! The sysplex that is checked is not the one that is meant.
//!
//! ## How to mend it
//! Give each stack a name of its own.
//!
//! ## Source
//! the reference of sysplex.toml.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplex-toml-stack-twice",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
