//! ## What it finds
//! A DESTINATION of one address family with a source address of the other.
//!
//! ## Why it hurts
//! A connection has one family at both ends, so the entry can never apply.
//!
//! ## Example
//! ```profile
//! SRCIP
//!   DESTINATION 203.0.113.0/24 2001:db8::1
//! ENDSRCIP
//! ```
//!
//! ## How to mend it
//! Give the destination a source address of its own family.
//!
//! ## Source
//! 01:SI-17.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "srcip-family",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
