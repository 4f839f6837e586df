//! ## What it finds
//! UDPCONFIG NOUDPQUEUELIMIT.
//!
//! ## Why it hurts
//! Datagrams for a socket that nobody reads pile up in storage without end. With UDPQUEUELIMIT a socket holds 2000 at most.
//!
//! ## Example
//! ```profile
//! UDPCONFIG NOUDPQUEUELIMIT
//! ```
//!
//! ## How to mend it
//! Leave the limit on; give single ports more by an intrusion detection policy.
//!
//! ## Source
//! 02:UDPC-02.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "udp-queue-unlimited",
    level: Severity::Info,
    message_id: Some("EZZ0336I"),
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
