//! ## What it finds
//! DYNAMICXCF with another address, or NODYNAMICXCF, in a data set for OBEYFILE, on a stack that has dynamic XCF.
//!
//! ## Why it hurts
//! As far as is known, dynamic XCF cannot be changed or taken off while the stack runs.
//!
//! ## How to mend it
//! Change it in the profile and restart the stack.
//!
//! ## Source
//! 01:IP-13.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "xcf-changed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
