//! ## What it finds
//! SHAREPORT or SHAREPORTWLM on a UDP port.
//!
//! ## Why it hurts
//! Only TCP listeners share a port.
//!
//! ## Example
//! ```profile
//! PORT 53 UDP NAMED SHAREPORT
//! ```
//!
//! ## How to mend it
//! Take it out, or reserve the port for TCP.
//!
//! ## Source
//! 02:PORT-12.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-share-udp",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
