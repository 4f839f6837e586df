//! ## What it finds
//! A link-local, multicast, loopback, unspecified or IPv4-mapped address on an IPv6 interface.
//!
//! ## Why it hurts
//! The stack makes the link-local ones itself, and the others are no addresses of an interface.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR ff02::1
//! ```
//!
//! ## How to mend it
//! Give a global or unique local address.
//!
//! ## Source
//! 03:QE-37.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-address-impossible",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
