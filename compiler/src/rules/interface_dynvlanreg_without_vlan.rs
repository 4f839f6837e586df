//! ## What it finds
//! DYNVLANREG without VLANID.
//!
//! ## Why it hurts
//! There is no VLAN to register.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA DYNVLANREG IPADDR 198.51.100.1/26
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add VLANID, or take DYNVLANREG out.
//!
//! ## Source
//! 03:QE-21.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-dynvlanreg-without-vlan",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
