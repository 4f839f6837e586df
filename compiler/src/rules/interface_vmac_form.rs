//! ## What it finds
//! A MAC address in VMAC that is not a locally administered address of one host.
//!
//! ## Why it hurts
//! An address of another kind belongs to a maker of adapters or to a group.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA VMAC 00005E005301 IPADDR 198.51.100.1/26
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take an address whose second digit is 2, 6, A or E.
//!
//! ## Source
//! 03:QE-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-vmac-form",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
