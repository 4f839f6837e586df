//! ## What it finds
//! DENY on an UNRSV entry for a job name other than `*`.
//!
//! ## Why it hurts
//! The whole PORT statement is dropped, the good entries too.
//!
//! ## Example
//! ```profile
//! PORT UNRSV TCP WEB* DENY
//! ```
//!
//! ## How to mend it
//! Write `*`, or take DENY out.
//!
//! ## Source
//! 02:PORT-05, 05:C9.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-unreserved-deny",
    level: Severity::Error,
    message_id: Some("EZZ0146I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
