//! ## What it finds
//! An INCLUDE that is not followed because its stack has followed 10,000 INCLUDEs already, or read 512 MiB of text.
//!
//! ## Why it hurts
//! No profile needs that many. Members that include each other in several ways multiply: two in each of twenty levels make a million. What
//! stands in them is not checked, and a stack that reads them all takes as long to start.
//!
//! ## How to mend it
//! Include each member once, from the profile.
//!
//! ## Source
//! A limit of this program, not of the stack.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "include-limit",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
