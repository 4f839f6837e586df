//! ## What it finds
//! 127.0.0.1 as a DVIPA.
//!
//! ## Why it hurts
//! The statement is ignored.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.0.0.0 127.0.0.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Give it another address.
//!
//! ## Source
//! 01:VD-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-loopback",
    level: Severity::Error,
    message_id: Some("EZZ0638I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
