//! ## What it finds
//! A VIPADISTRIBUTE with more than 32 targets in DESTIP.
//!
//! ## Why it hurts
//! 32 is said to be the most, as many as a sysplex has systems.
//!
//! ## How to mend it
//! Write DESTIP ALL, or name fewer targets.
//!
//! ## Source
//! 01:2.8, 04:6.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-many-targets",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
