//! ## What it finds
//! A stack that is not described.
//!
//! ## Why it hurts
//! The sysplex that is checked is not the one that is meant.
//!
//! ## How to mend it
//! Name one that is.
//!
//! ## Source
//! the reference of sysplex.toml.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplex-toml-unknown-stack",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
