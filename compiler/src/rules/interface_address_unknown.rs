//! ## What it finds
//! DELADDR or DEPRADDR of an address that the interface has not.
//!
//! ## Why it hurts
//! Nothing changes.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR 2001:db8::1
//! INTERFACE VIPA6 DELADDR 2001:db8::2
//! ```
//!
//! ## How to mend it
//! Name an address that IPADDR or ADDADDR gave.
//!
//! ## Source
//! 03:QE-35.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-address-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
