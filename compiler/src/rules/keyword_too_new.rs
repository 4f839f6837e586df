//! ## What it finds
//! A statement or keyword that came with a later release than the target.
//!
//! ## Why it hurts
//! The stack does not know it yet.
//!
//! ## How to mend it
//! Raise the release in sysplex.toml, or take it out.
//!
//! ## Source
//! 01:GC-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "keyword-too-new",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
