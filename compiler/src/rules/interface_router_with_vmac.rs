//! ## What it finds
//! PRIROUTER or SECROUTER on an interface with VMAC.
//!
//! ## Why it hurts
//! With a MAC address of its own the stack gets its packets by that; the role has no effect.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA VMAC PRIROUTER IPADDR 198.51.100.1/26
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take the role out.
//!
//! ## Source
//! 03:QE-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-router-with-vmac",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
