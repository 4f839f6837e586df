//! ## What it finds
//! A HOME entry for a name that no LINK before it has.
//!
//! ## Why it hurts
//! The link gets no address. An INTERFACE has its address on IPADDR and must not be in HOME.
//!
//! ## Example
//! ```profile
//! HOME 192.0.2.1 NOLINK
//! ```
//!
//! ## How to mend it
//! Put the LINK before the HOME, or mend the name.
//!
//! ## Source
//! 03:HOM-01, 03:HOM-03, 06:D3.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-link-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
