//! ## What it finds
//! UNRSV TCP entries that disagree on WHENBIND and WHENLISTEN.
//!
//! ## Why it hurts
//! The later entry is ignored; changing them needs DELETE PORT of all of them first.
//!
//! ## Example
//! ```profile
//! PORT UNRSV TCP A* UNRSV TCP B* WHENBIND
//! ```
//!
//! ## How to mend it
//! Say the same on all of them; WHENLISTEN is the default.
//!
//! ## Source
//! 02:PORT-06, 06:D14.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-unreserved-timing",
    level: Severity::Error,
    message_id: Some("EZZ0147I"),
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
