//! ## What it finds
//! A PORTRANGE that contains a port which a PORT before it reserves.
//!
//! ## Why it hurts
//! The whole range is ignored, with an error message: none of its ports is reserved.
//!
//! ## Example
//! ```profile
//! PORT 5010 TCP WEBSRV
//! PORTRANGE 5000 100 TCP BATCH*
//! ```
//!
//! ## How to mend it
//! Split the range around the port, or take the PORT entry out.
//!
//! ## Source
//! 02:PORT-04, 02:PRNG-04.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "portrange-over-port",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
