//! ## What it finds
//! VIPAROUTE DELETE for a pair of addresses that no VIPAROUTE before it has.
//!
//! ## Why it hurts
//! Nothing is deleted, and the route that was meant stays.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPAROUTE DEFINE 10.0.0.2 198.51.100.2
//!   VIPAROUTE DELETE 10.0.0.2 198.51.100.3
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Name the same two addresses as the DEFINE.
//!
//! ## Source
//! 01:2.6.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparoute-delete-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPAROUTE"];
