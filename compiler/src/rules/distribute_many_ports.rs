//! ## What it finds
//! A VIPADISTRIBUTE with more than 64 ports.
//!
//! ## Why it hurts
//! 64 is said to be the most; no page could be read that gives the number or what the stack does with more.
//!
//! ## Example
//! ```profile
//! IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.1 255.255.255.0 1
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 192.0.2.1 PORT 5000-5064 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Split the ports over several statements for the DVIPA.
//!
//! ## Source
//! 01:2.8, 04:6.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-many-ports",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
