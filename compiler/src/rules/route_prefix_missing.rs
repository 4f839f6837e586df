//! ## What it finds
//! An IPv6 destination without prefix length and without HOST; an IPv4 destination that ends in 0, without mask, prefix length and HOST.
//!
//! ## Why it hurts
//! It is taken as a route to the one address, which is seldom meant.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME PORTA
//! BEGINROUTES
//!   ROUTE 2001:db8:2:: fe80::1 OSA6 MTU 1492
//! ENDROUTES
//! START OSA6
//! ```
//!
//! ## How to mend it
//! Add the mask or the length, or HOST.
//!
//! ## Source
//! 03:ADR-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-prefix-missing",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
