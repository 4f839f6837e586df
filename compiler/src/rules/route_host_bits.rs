//! ## What it finds
//! A destination with bits behind its mask.
//!
//! ## Why it hurts
//! Such a pair of address and mask means no network.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
//! BEGINROUTES
//!   ROUTE 203.0.113.7/24 198.51.100.62 OSA1 MTU 1492
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Write the network, or HOST for one address.
//!
//! ## Source
//! 03:RTE-21, 03:ADR-13.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-host-bits",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
