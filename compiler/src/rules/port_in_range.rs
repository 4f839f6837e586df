//! ## What it finds
//! A PORT entry for a port that lies in a PORTRANGE before it.
//!
//! ## Why it hurts
//! The entry is ignored, with an error message: the job of the range keeps the port.
//!
//! ## Example
//! ```profile
//! PORTRANGE 5000 100 TCP BATCH*
//! PORT 5010 TCP WEBSRV
//! ```
//!
//! ## How to mend it
//! Split the range around the port, or take the PORT entry out.
//!
//! ## Source
//! 02:PORT-03, 02:PRNG-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-in-range",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
