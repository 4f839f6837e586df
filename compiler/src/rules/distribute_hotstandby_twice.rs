//! ## What it finds
//! A hot-standby target that is named twice.
//!
//! ## Why it hurts
//! The statement is ignored.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD HOTSTANDBY 192.0.2.1 PORT 80 DESTIP 10.0.0.1 PREFERRED 10.0.0.1 BACKUP
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Name each target once.
//!
//! ## Source
//! 01:VI-16.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-hotstandby-twice",
    level: Severity::Error,
    message_id: Some("EZZ0830I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
