//! ## What it finds
//! A second HOME statement in one data set.
//!
//! ## Why it hurts
//! Only the first HOME of a data set replaces the list; each later one adds to it. Whoever wrote it to replace the first has both.
//!
//! ## Example
//! ```profile
//! DEVICE VDEV1 VIRTUAL 0
//! LINK VLINK1 VIRTUAL 0 VDEV1
//! DEVICE VDEV2 VIRTUAL 0
//! LINK VLINK2 VIRTUAL 0 VDEV2
//! HOME 192.0.2.1 VLINK1
//! HOME 192.0.2.2 VLINK2
//! ```
//!
//! ## How to mend it
//! Put all addresses into one HOME.
//!
//! ## Source
//! 06:D5, 03:HOM-04.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-again",
    level: Severity::Info,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
