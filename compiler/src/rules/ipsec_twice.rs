//! ## What it finds
//! A second IPSEC block in one data set.
//!
//! ## Why it hurts
//! It is ignored with all its rules. What only they permit is denied.
//!
//! ## Example
//! ```profile
//! IPCONFIG IPSECURITY
//! IPSEC
//!   IPSECRULE * * NOLOG PROTOCOL TCP
//! ENDIPSEC
//! IPSEC
//!   IPSECRULE * * NOLOG PROTOCOL UDP
//! ENDIPSEC
//! ```
//!
//! ## How to mend it
//! Put all rules into one block.
//!
//! ## Source
//! 02:IPSC-01, 05:8.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsec-twice",
    level: Severity::Error,
    message_id: Some("EZZ0757I"),
    effect: Some(Effect::BlockIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
