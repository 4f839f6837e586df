//! ## What it finds
//! INTERFACE DELETE, ADDADDR or another change of an interface that no INTERFACE defined.
//!
//! ## Why it hurts
//! There is nothing to change. Links go with DELETE LINK, and what the stack makes itself stays.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DELETE
//! ```
//!
//! ## How to mend it
//! Mend the name, or put the DEFINE before it.
//!
//! ## Source
//! 03:IF-03, 03:IF-04, 03:14.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
