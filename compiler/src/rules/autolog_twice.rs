//! ## What it finds
//! A procedure that AUTOLOG names twice with one job name.
//!
//! ## Why it hurts
//! It is started once or twice; no source says which.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   SMTP
//!   SMTP
//! ENDAUTOLOG
//! PORT 25 TCP SMTP
//! ```
//!
//! ## How to mend it
//! Take one of them out, or give each a JOBNAME of its own.
//!
//! ## Source
//! 02:AUTO-12.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
