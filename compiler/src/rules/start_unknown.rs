//! ## What it finds
//! START or STOP of a name that is no device and no interface.
//!
//! ## Why it hurts
//! Nothing is started or stopped.
//!
//! ## Example
//! ```profile
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Mend the name; the definition may stand before or behind.
//!
//! ## Source
//! 03:STA-02, 03:14, 06:D4.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "start-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
