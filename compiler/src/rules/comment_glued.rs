//! ## What it finds
//! A comment that follows a token without a blank.
//!
//! ## Why it hurts
//! The stack needs the blank; it may take the semicolon as part of the token.
//!
//! ## Example
//! ```profile
//! HOME;no links
//! ```
//!
//! ## How to mend it
//! Put a blank before the semicolon.
//!
//! ## Source
//! 01:LX-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "comment-glued",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
