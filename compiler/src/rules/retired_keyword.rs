//! ## What it finds
//! A keyword that the target release no longer has.
//!
//! ## Why it hurts
//! It has no effect or is refused.
//!
//! ## Example
//! ```profile
//! IPCONFIG VARSUBNETTING
//! ```
//!
//! ## How to mend it
//! Take it out.
//!
//! ## Source
//! 01:IP-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "retired-keyword",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
