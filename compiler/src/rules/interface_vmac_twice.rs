//! ## What it finds
//! Two interfaces of a stack with the same MAC address in VMAC.
//!
//! ## Why it hurts
//! Packets for one of them go to the other.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA VMAC 02AB00C1D2E3 IPADDR 198.51.100.1/26
//! INTERFACE OSA2 DEFINE IPAQENET PORTNAME PORTB VMAC 02AB00C1D2E3 IPADDR 198.51.100.65/26
//! START OSA1 START OSA2
//! ```
//!
//! ## How to mend it
//! Give each an address of its own, or none: the adapter makes one.
//!
//! ## Source
//! 03:VLN-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-vmac-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
