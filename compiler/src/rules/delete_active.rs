//! ## What it finds
//! DELETE of a device or link that is active, or INTERFACE DELETE of an active interface.
//!
//! ## Why it hurts
//! It fails. A STOP in the same data set does not help, for it runs last.
//!
//! ## How to mend it
//! STOP in one data set, DELETE in the next.
//!
//! ## Source
//! 01:LX-33, 02:DELE-03, 03:DEV-12, 03:DEL-02, 03:IF-17, 06:D1.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "delete-active",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
