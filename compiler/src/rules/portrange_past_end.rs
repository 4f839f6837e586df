//! ## What it finds
//! A PORTRANGE whose count leads behind port 65535.
//!
//! ## Why it hurts
//! The stack reserves the ports up to 65535 and says nothing of the others. Mostly the last port was written in place of the count.
//!
//! ## Example
//! ```profile
//! PORTRANGE 60000 65535 TCP WEBSRV
//! ```
//!
//! ## How to mend it
//! Write how many ports there are.
//!
//! ## Source
//! 02:PRNG-02.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "portrange-past-end",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
