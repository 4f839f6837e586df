//! ## What it finds
//! SOMAXCONN 10.
//!
//! ## Why it hurts
//! That was the default before V2R1 and stands in old samples; today it is 1024. No server of the stack can have more connections waiting,
//! whatever it asks for in listen.
//!
//! ## Example
//! ```profile
//! SOMAXCONN 10
//! ```
//!
//! ## How to mend it
//! Take the statement out, or write 1024.
//!
//! ## Source
//! 02:SOMX-02.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "somaxconn-small",
    level: Severity::Info,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
