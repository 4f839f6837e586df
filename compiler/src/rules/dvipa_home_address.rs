//! ## What it finds
//! A DVIPA that is an address of a LINK or INTERFACE of the same stack, or its dynamic XCF address.
//!
//! ## Why it hurts
//! The address is skipped, the others of the statement are taken.
//!
//! ## Example
//! ```profile
//! DEVICE D VIRTUAL 0
//! LINK L VIRTUAL 0 D
//! HOME 192.0.2.1 L
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Take it out of one of the two.
//!
//! ## Source
//! 04:S3.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-home-address",
    level: Severity::Error,
    message_id: Some("EZZ8307I"),
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
