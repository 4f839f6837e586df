//! ## What it finds
//! A range of addresses or ports in a filter rule that ends before it begins.
//!
//! ## Why it hurts
//! Nothing is in it, so the rule permits nothing.
//!
//! ## Example
//! ```profile
//! IPCONFIG IPSECURITY
//! IPSEC
//!   IPSECRULE * * NOLOG PROTOCOL TCP SRCPORT 2000 1000
//! ENDIPSEC
//! ```
//!
//! ## How to mend it
//! Write the lower value first.
//!
//! ## Source
//! 02:IPSC-11.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsec-range-reversed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
