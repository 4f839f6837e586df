//! ## What it finds
//! VIPADISTRIBUTE for an address that this stack neither defines nor backs up.
//!
//! ## Why it hurts
//! A distributing stack must be able to own the address, so this makes no targets.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADISTRIBUTE 192.0.2.1 PORT 80 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Put a VIPADEFINE or VIPABACKUP before it, or take it out.
//!
//! ## Source
//! 01:VI-01.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-without-definition",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
