//! ## What it finds
//! TCPRCVBUFRSIZE above TCPMAXRCVBUFRSIZE, coded or in force.
//!
//! ## Why it hurts
//! The value is ignored and the one in force stays.
//!
//! ## Example
//! ```profile
//! TCPCONFIG TCPRCVBUFRSIZE 512K
//! ```
//!
//! ## How to mend it
//! Raise TCPMAXRCVBUFRSIZE, 256K by default, or lower TCPRCVBUFRSIZE, 64K by default.
//!
//! ## Source
//! 02:TCPC-03, 05:4.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "tcp-buffer-over-maximum",
    level: Severity::Error,
    message_id: Some("EZZ0616I"),
    effect: Some(Effect::ValueIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG"];
