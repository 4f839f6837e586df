//! ## What it finds
//! A DEVICE for an OSA that an IPv4 INTERFACE, or a second IPv6 one, has defined since the stack started.
//!
//! ## Why it hurts
//! The stack refuses the DEVICE, also when the INTERFACE has been deleted meanwhile.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA4 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/24
//! START OSA4
//! DEVICE PORTA MPCIPA
//! ```
//!
//! ## How to mend it
//! Define the OSA by INTERFACE alone.
//!
//! ## Source
//! 03:DEV-33, 03:DEV-34, 03:QE-15.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-osa-has-interface",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
