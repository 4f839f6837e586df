//! ## What it finds
//! DEFAULT or DEFAULT6 with = in place of a router.
//!
//! ## Why it hurts
//! Every address of the world would be a neighbour.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
//! BEGINROUTES
//!   ROUTE DEFAULT = OSA1 MTU 1492
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Write the address of the router.
//!
//! ## Source
//! 03:RTE-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-default-direct",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
