//! ## What it finds
//! An IPv4-mapped or IPv4-compatible address, such as ::ffff:192.0.2.1 or ::192.0.2.1, where a statement wants an IPv6 address.
//!
//! ## Why it hurts
//! The stack ignores the statement: EZZ0713I for the mapped form, EZZ0714I for the compatible one.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE WEB6 ::ffff:192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write an IPv6 address, or the IPv4 form of the statement.
//!
//! ## Source
//! 01:LX-18, 05:3.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipv6-address-of-ipv4",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
