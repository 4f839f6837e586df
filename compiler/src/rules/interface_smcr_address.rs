//! ## What it finds
//! SMCRIPADDR that SMC-R version 2 cannot use: without PFID, on IPv6, or outside the subnet of the interface.
//!
//! ## Why it hurts
//! Connections fall back to TCP without a word.
//!
//! ## Example
//! ```profile
//! INTERFACE NET1 DEFINE EQENET DEVNUM 2A00 IPADDR 198.51.100.1/26 SMCR PFID 01A0 SMCRIPADDR 203.0.113.9
//! START NET1
//! ```
//!
//! ## How to mend it
//! Give PFID, and an address in the subnet of the interface.
//!
//! ## Source
//! 03:QE-18, 03:EQ-09, 06:D23.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-smcr-address",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
