//! ## What it finds
//! IQDIOROUTING together with QDIOACCELERATOR: on one statement, or in an OBEYFILE while the accelerator is active.
//!
//! ## Why it hurts
//! They exclude each other; on a running stack IQDIOROUTING is not enabled.
//!
//! ## Example
//! ```profile
//! IPCONFIG IQDIOROUTING QDIOACCELERATOR
//! ```
//!
//! ## How to mend it
//! Keep QDIOACCELERATOR, which does both, or write NOQDIOACCELERATOR first.
//!
//! ## Source
//! 02:IPC4-08, 02:IPC4-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "iqdio-routing-accelerator",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
