//! ## What it finds
//! A TRANSLATE entry for a name that no LINK before it has.
//!
//! ## Why it hurts
//! The entry belongs to nothing.
//!
//! ## Example
//! ```profile
//! TRANSLATE 203.0.113.98 ETHERNET 00005E005301 ETHER1
//! ```
//!
//! ## How to mend it
//! Put the LINK before it, or mend the name.
//!
//! ## Source
//! 03:TRN-04, 03:GEN-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "translate-link-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
