//! ## What it finds
//! A HOME in an OBEYFILE data set that leaves addresses out that the stack has.
//!
//! ## Why it hurts
//! The first HOME of a data set replaces the whole list, so these addresses are gone, without a message.
//!
//! ## How to mend it
//! Repeat every entry that is to stay.
//!
//! ## Source
//! 03:HOM-04, 03:HOM-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-list-shortened",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["HOME"];
