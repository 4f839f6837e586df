//! ## What it finds
//! STOP of a device or interface that the same data set deletes.
//!
//! ## Why it hurts
//! STOP runs after everything else: DELETE finds the object active and fails, and the whole OBEYFILE is reported as
//! failed.
//!
//! ## Example
//! ```profile
//! DEVICE LCS1 LCS BA0
//! DELETE DEVICE LCS1
//! STOP LCS1
//! ```
//!
//! ## How to mend it
//! STOP in one data set, DELETE in the next.
//!
//! ## Source
//! 01:LX-33, 03:DEV-12, 03:IF-17, 06:D1.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "stop-and-delete",
    level: Severity::Error,
    message_id: Some("EZZ0395I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
