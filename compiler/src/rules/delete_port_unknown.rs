//! ## What it finds
//! DELETE PORT or DELETE PORTRANGE of an entry that is not there.
//!
//! ## Why it hurts
//! Port, protocol and job name must be as in the entry, and for a range the first port and the count: a part of a range
//! cannot be taken off.
//!
//! ## Example
//! ```profile
//! PORT 80 TCP WEBSRV
//! DELETE PORT 80 TCP HTTPD
//! ```
//!
//! ## How to mend it
//! Write port, protocol and job name as the PORT statement has them.
//!
//! ## Source
//! 02:DELE-01, 02:DELE-06.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "delete-port-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
