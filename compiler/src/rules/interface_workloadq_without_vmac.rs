//! ## What it finds
//! WORKLOADQ on an interface without VMAC ROUTEALL.
//!
//! ## Why it hurts
//! The queues need a MAC address of their own to sort by.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA INBPERF DYNAMIC WORKLOADQ IPADDR 198.51.100.1/26
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add VMAC; ROUTEALL is its default.
//!
//! ## Source
//! 03:QE-09.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-workloadq-without-vmac",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
