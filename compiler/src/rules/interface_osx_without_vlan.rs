//! ## What it finds
//! An interface of CHPIDTYPE OSX without VLANID.
//!
//! ## Why it hurts
//! The data network of an ensemble is made of VLANs.
//!
//! ## Example
//! ```profile
//! INTERFACE OSX1 DEFINE IPAQENET CHPIDTYPE OSX CHPID F1 IPADDR 198.51.100.1/26
//! START OSX1
//! ```
//!
//! ## How to mend it
//! Add VLANID.
//!
//! ## Source
//! 03:QE-22.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-osx-without-vlan",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
