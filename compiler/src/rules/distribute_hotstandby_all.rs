//! ## What it finds
//! DISTMETHOD HOTSTANDBY with DESTIP ALL.
//!
//! ## Why it hurts
//! The statement is rejected.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD HOTSTANDBY 192.0.2.1 PORT 80 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Name one target PREFERRED and the others BACKUP.
//!
//! ## Source
//! 01:VI-17.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-hotstandby-all",
    level: Severity::Error,
    message_id: Some("EZZ0165I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
