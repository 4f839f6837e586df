//! ## What it finds
//! A key of `sysplex.toml` that has no meaning.
//!
//! ## Why it hurts
//! The sysplex that is checked is not the one that is meant.
//!
//! ## How to mend it
//! Write the key that is suggested, or take it out.
//!
//! ## Source
//! the reference of sysplex.toml.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplex-toml-unknown-key",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
