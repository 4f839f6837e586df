//! ## What it finds
//! An interface that shares an OSA port, Network Express or HiperSockets channel path with others and breaks the
//! rules for that: no VLANID or one that is used, no VMAC ROUTEALL, no mask, overlapping subnets, more than 32.
//!
//! ## Why it hurts
//! The later interface is ignored, the earlier ones stay. Which is the later one is a matter of the order in the
//! profile.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA VLANID 100 VMAC IPADDR 198.51.100.1/26
//! INTERFACE OSA2 DEFINE IPAQENET PORTNAME PORTA VLANID 100 VMAC IPADDR 198.51.100.65/26
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Give each of them a VLANID of its own, VMAC with ROUTEALL on OSA, and for IPv4 an address with a mask in a
//! subnet of its own.
//!
//! ## Source
//! 03:IF-09, 03:VLN-01, 03:VLN-02, 03:VLN-03, 03:VLN-04, 03:VLN-05, 03:VLN-06, 03:VLN-10, 03:VLN-11, 03:HS-04,
//! 06:D13.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-several-vlans",
    level: Severity::Error,
    message_id: Some("EZZ0618I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
