//! ## What it finds
//! A BSDROUTINGPARMS entry for a name that no LINK before it has, an INTERFACE for instance.
//!
//! ## Why it hurts
//! The entry belongs to nothing. An INTERFACE has its mask and packet size in its own statement.
//!
//! ## Example
//! ```profile
//! BSDROUTINGPARMS TRUE
//!   ETHER1 1500 0 255.255.255.0 0
//! ENDBSDROUTINGPARMS
//! ```
//!
//! ## How to mend it
//! Put the LINK before it, mend the name, or take the entry of an INTERFACE out.
//!
//! ## Source
//! 03:BSD-01, 03:BSD-09, 03:GEN-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "bsdroutingparms-link-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
