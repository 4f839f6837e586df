//! ## What it finds
//! A second route to one destination through the same router and interface.
//!
//! ## Why it hurts
//! When it says anything else than the first it is rejected, else it is of no use.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
//! BEGINROUTES
//!   ROUTE DEFAULT 198.51.100.62 OSA1 MTU 1492
//!   ROUTE DEFAULT 198.51.100.62 OSA1 MTU 1500
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Keep one of them. Several routers to one destination are possible.
//!
//! ## Source
//! 03:RTE-09, 03:RTE-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-conflict",
    level: Severity::Warning,
    message_id: Some("EZZ0686I"),
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
