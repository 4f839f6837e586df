//! ## What it finds
//! The text of `sysplex.toml` is no TOML.
//!
//! ## Why it hurts
//! The sysplex that is checked is not the one that is meant.
//!
//! ## How to mend it
//! Mend the place that is named.
//!
//! ## Source
//! the reference of sysplex.toml.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplex-toml-syntax",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
