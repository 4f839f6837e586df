//! ## What it finds
//! A VIPAROUTE whose two addresses are of different families.
//!
//! ## Why it hurts
//! Packets for the target cannot be sent to the other address.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPAROUTE 10.0.0.2 2001:db8::2
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write two IPv4 addresses, or two IPv6 addresses.
//!
//! ## Source
//! 01:VO-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparoute-family",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
