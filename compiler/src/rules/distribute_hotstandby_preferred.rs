//! ## What it finds
//! Hot standby without exactly one PREFERRED and at least one BACKUP.
//!
//! ## Why it hurts
//! The statement is ignored, with EZZ0826I or EZZ0827I.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD HOTSTANDBY 192.0.2.1 PORT 80 DESTIP 10.0.0.1 PREFERRED
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Name one PREFERRED and one or more BACKUP.
//!
//! ## Source
//! 01:VI-14, 06:A7.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-hotstandby-preferred",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
