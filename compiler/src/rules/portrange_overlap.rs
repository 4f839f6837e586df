//! ## What it finds
//! Two PORTRANGE entries of one protocol that share ports.
//!
//! ## Why it hurts
//! That is not allowed; the later one is refused with a message. TCP and UDP are apart, so the same range may stand once for each.
//!
//! ## Example
//! ```profile
//! PORTRANGE
//!   5000 100 TCP WEBSRV
//!   5050 100 TCP PAYSRV
//! ```
//!
//! ## How to mend it
//! Let the second begin where the first ends. A range is a first port and a count, not a last port.
//!
//! ## Source
//! 02:PRNG-03, 02:PRNG-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "portrange-overlap",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
