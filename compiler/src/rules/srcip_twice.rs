//! ## What it finds
//! A second SRCIP block in one data set.
//!
//! ## Why it hurts
//! It is ignored, whatever it says. INCLUDEd members count as part of the data set.
//!
//! ## Example
//! ```profile
//! SRCIP
//!   JOBNAME PAYROLL 192.0.2.1
//! ENDSRCIP
//! SRCIP
//!   JOBNAME WEBSRV 192.0.2.2
//! ENDSRCIP
//! ```
//!
//! ## How to mend it
//! Put all entries into one block.
//!
//! ## Source
//! 01:SI-01, 05:9.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "srcip-twice",
    level: Severity::Error,
    message_id: Some("EZZ0769I"),
    effect: Some(Effect::BlockIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
