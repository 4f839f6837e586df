//! ## What it finds
//! The same address twice in the HOME list.
//!
//! ## Why it hurts
//! The second entry is refused.
//!
//! ## Example
//! ```profile
//! DEVICE D VIRTUAL 0
//! LINK L1 VIRTUAL 0 D
//! LINK L2 VIRTUAL 0 D
//! HOME 192.0.2.1 L1 192.0.2.1 L2
//! ```
//!
//! ## How to mend it
//! Give each link an address of its own.
//!
//! ## Source
//! 03:HOM-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-address-twice",
    level: Severity::Error,
    message_id: Some("EZZ0619I"),
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
