//! ## What it finds
//! An allowance in a comment that cannot be read, names no rule that exists, or gives no reason.
//!
//! ## Why it hurts
//! It has no effect.
//!
//! ## Example
//! ```profile
//! ; vipa: allow(home-link-unknow)
//! HOME
//! ```
//!
//! ## How to mend it
//! Write `; vipa: allow(rule) reason`.
//!
//! ## Source
//! The reference of allowances.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "allow-malformed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
