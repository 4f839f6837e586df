//! ## What it finds
//! PRIMARYINTERFACE with a name that no LINK and no INTERFACE before it has.
//!
//! ## Why it hurts
//! The primary interface stays the first entry of HOME, or the first IPv4 INTERFACE.
//!
//! ## Example
//! ```profile
//! PRIMARYINTERFACE VIPA1
//! ```
//!
//! ## How to mend it
//! Put the definition before it, or mend the name.
//!
//! ## Source
//! 03:PRI-02, 03:PRI-04, 06:D3.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "primaryinterface-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
