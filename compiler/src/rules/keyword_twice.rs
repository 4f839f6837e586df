//! ## What it finds
//! A keyword that stands twice in one statement.
//!
//! ## Why it hurts
//! Which one counts is not documented.
//!
//! ## Example
//! ```profile
//! IPCONFIG TTL 64 TTL 128
//! ```
//!
//! ## How to mend it
//! Take one of them out.
//!
//! ## Source
//! 01:GC-01.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "keyword-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
