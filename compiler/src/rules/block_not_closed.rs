//! ## What it finds
//! A block or list whose END is missing.
//!
//! ## Why it hurts
//! Everything behind it, to the end of the data set, is taken as part of it: statements after it never happen.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//! HOME
//! ```
//!
//! ## How to mend it
//! Put the END keyword behind its last entry.
//!
//! ## Source
//! 01:LX-08, 02:GEN-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "block-not-closed",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
