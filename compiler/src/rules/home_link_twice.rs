//! ## What it finds
//! A second HOME entry for a link.
//!
//! ## Why it hurts
//! A link has one address; no source says which of the two it gets.
//!
//! ## Example
//! ```profile
//! DEVICE VDEV1 VIRTUAL 0
//! LINK VLINK1 VIRTUAL 0 VDEV1
//! HOME 192.0.2.1 VLINK1 192.0.2.2 VLINK1
//! ```
//!
//! ## How to mend it
//! Give each address a link of its own; only LOOPBACK may have several.
//!
//! ## Source
//! 03:HOM-12.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-link-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
