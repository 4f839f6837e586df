//! ## What it finds
//! A hot-standby statement with more than 31 BACKUP targets.
//!
//! ## Why it hurts
//! The statement is ignored: nothing is distributed.
//!
//! ## How to mend it
//! Name 31 BACKUP targets at most.
//!
//! ## Source
//! 01:VI-15, 05:10.2.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-hotstandby-many",
    level: Severity::Error,
    message_id: Some("EZZ0829I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
