//! ## What it finds
//! EPHEMERALPORTS whose first port is higher than its last.
//!
//! ## Why it hurts
//! The stack refuses the range and goes on choosing from the one that was in force.
//!
//! ## Example
//! ```profile
//! TCPCONFIG EPHEMERALPORTS 60000 50000
//! ```
//!
//! ## How to mend it
//! Write the lower port first.
//!
//! ## Source
//! 02:TCPC-02, 02:UDPC-01.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ephemeral-ports-reversed",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
