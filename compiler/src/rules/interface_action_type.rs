//! ## What it finds
//! ADDADDR, DELADDR, DEPRADDR, ADDTEMPPREFIX or DELTEMPPREFIX on an interface that does not take it.
//!
//! ## Why it hurts
//! These change the addresses of IPv6 interfaces only; an IPv4 interface has the one address of its DEFINE.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.1
//! INTERFACE VIPA1 ADDADDR 2001:db8::1
//! ```
//!
//! ## How to mend it
//! Define the interface again, or take the IPv6 one.
//!
//! ## Source
//! 03:4, 03:QE-33, 03:EQ-04.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-action-type",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
