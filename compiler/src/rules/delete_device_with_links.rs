//! ## What it finds
//! DELETE of a device whose links are there.
//!
//! ## Why it hurts
//! Links are deleted before their device.
//!
//! ## Example
//! ```profile
//! DEVICE VDEV1 VIRTUAL 0
//! LINK VLINK1 VIRTUAL 0 VDEV1
//! HOME 192.0.2.1 VLINK1
//! DELETE DEVICE VDEV1
//! ```
//!
//! ## How to mend it
//! Delete the links first.
//!
//! ## Source
//! 03:DEL-04, 02:DELE-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "delete-device-with-links",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
