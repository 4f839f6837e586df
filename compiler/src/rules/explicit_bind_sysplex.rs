//! ## What it finds
//! EXPLICITBINDPORTRANGE in a data set for OBEYFILE.
//!
//! ## Why it hurts
//! It becomes the range of every stack of the sysplex, not of this one alone: the one processed last, on whatever stack, is in force.
//!
//! ## How to mend it
//! Put the same range into the profiles of all stacks.
//!
//! ## Source
//! 01:GC-13, 02:9.7.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "explicit-bind-sysplex",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
