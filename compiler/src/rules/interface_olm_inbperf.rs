//! ## What it finds
//! OLM beside INBPERF.
//!
//! ## Why it hurts
//! OLM overrides INBPERF, which has no effect.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA OLM INBPERF MINCPU IPADDR 198.51.100.1/26
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Keep one of them.
//!
//! ## Source
//! 03:QE-11.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-olm-inbperf",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
