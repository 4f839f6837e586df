//! ## What it finds
//! An AUTOLOG block without a procedure.
//!
//! ## Why it hurts
//! It starts nothing. Most often all its entries have become comments, and whoever reads the profile still takes the servers for started by the stack.
//!
//! ## Example
//! ```profile
//! AUTOLOG 5
//! ; FTPD JOBNAME FTPD1
//! ENDAUTOLOG
//! ```
//!
//! ## How to mend it
//! Take the block out, or name the procedures.
//!
//! ## Source
//! 06:D8.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-empty",
    level: Severity::Info,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["AUTOLOG"];
