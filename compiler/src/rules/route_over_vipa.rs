//! ## What it finds
//! A ROUTE over a static VIPA.
//!
//! ## Why it hurts
//! A VIPA has no network behind it; the route is dropped.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.1
//! BEGINROUTES
//!   ROUTE DEFAULT 192.0.2.62 VIPA1 MTU 1492
//! ENDROUTES
//! ```
//!
//! ## How to mend it
//! Name the interface that the packets leave by.
//!
//! ## Source
//! 03:RTE-05, 03:DEV-21, 03:VIP-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-over-vipa",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
