//! ## What it finds
//! One DVIPA in two VIPADEFINE or VIPABACKUP statements of one stack.
//!
//! ## Why it hurts
//! The later one is rejected.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPABACKUP 10 192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Keep one of them, or put a VIPADELETE between.
//!
//! ## Source
//! 01:VD-03, 04:S2, 06:A4.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-defined-twice",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
