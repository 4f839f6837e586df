//! ## What it finds
//! A home address that no host can have: 0.0.0.0, a multicast address, class E.
//!
//! ## Why it hurts
//! The stack rejects reserved addresses.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 224.0.0.5
//! ```
//!
//! ## How to mend it
//! Give an address of the network.
//!
//! ## Source
//! 03:HOM-09.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-address-reserved",
    level: Severity::Warning,
    message_id: Some("EZZ0617I"),
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
