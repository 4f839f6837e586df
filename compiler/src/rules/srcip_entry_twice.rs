//! ## What it finds
//! Two SRCIP entries for the same job name, or for the same destination.
//!
//! ## Why it hurts
//! Only one of them can give a connection its address, and no source says which. The order of entries does not matter.
//!
//! ## Example
//! ```profile
//! SRCIP
//!   JOBNAME PAYROLL 192.0.2.1
//!   JOBNAME PAYROLL 192.0.2.2
//! ENDSRCIP
//! ```
//!
//! ## How to mend it
//! Keep one of them.
//!
//! ## Source
//! 01:SI-03, 01:SI-04.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "srcip-entry-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
