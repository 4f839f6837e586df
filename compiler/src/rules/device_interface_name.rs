//! ## What it finds
//! A device with the name of an interface.
//!
//! ## Why it hurts
//! START and STOP take devices and interfaces by name, so which one is meant is open.
//!
//! ## Example
//! ```profile
//! INTERFACE PORTA DEFINE IPAQENET PORTNAME PORTB IPADDR 198.51.100.1/24
//! DEVICE PORTA MPCIPA
//! LINK OSALINK IPAQENET PORTA
//! HOME 198.51.100.65 OSALINK
//! START PORTA
//! ```
//!
//! ## How to mend it
//! Give the interface another name.
//!
//! ## Source
//! 03:NAM-08.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-interface-name",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
