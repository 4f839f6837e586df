//! ## What it finds
//! A class of work that WLMPRIORITYQ puts under two priorities.
//!
//! ## Why it hurts
//! It can have one only, and no source says which.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG WLMPRIORITYQ IOPRI1 0 1 IOPRI2 1 2
//! ```
//!
//! ## How to mend it
//! Take it out of one of the two.
//!
//! ## Source
//! 02:GLOB-24.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "wlm-priority-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
