//! ## What it finds
//! AUTHPORT for UDP.
//!
//! ## Why it hurts
//! AUTHPORT keeps ports for the data connections of FTP servers, which are TCP.
//!
//! ## Example
//! ```profile
//! PORTRANGE 60000 100 UDP AUTHPORT
//! ```
//!
//! ## How to mend it
//! Write TCP, or RESERVED if nobody may use the ports.
//!
//! ## Source
//! 02:PRNG-09.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "portrange-authport-udp",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
