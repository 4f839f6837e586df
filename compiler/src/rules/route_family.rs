//! ## What it finds
//! A ROUTE whose destination, router and interface are not all IPv4 or all IPv6.
//!
//! ## Why it hurts
//! No packet can take it; the route is dropped.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME PORTA
//! BEGINROUTES
//!   ROUTE DEFAULT 198.51.100.62 OSA6 MTU 1492
//! ENDROUTES
//! START OSA6
//! ```
//!
//! ## How to mend it
//! Take an interface of the family, or DEFAULT6 for IPv6.
//!
//! ## Source
//! 03:RTE-06.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-family",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
