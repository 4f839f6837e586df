//! ## What it finds
//! A BEGINROUTES in an OBEYFILE data set that leaves static routes out that the stack has.
//!
//! ## Why it hurts
//! The first block of a data set replaces all static routes of both families, without a message.
//!
//! ## How to mend it
//! Repeat every route that is to stay.
//!
//! ## Source
//! 03:RTE-11, 03:RTE-12, 06:D2.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "routes-left-out",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["ROUTE"];
