//! ## What it finds
//! An IPv4 address with a leading zero in one of its parts, such as 192.0.2.010.
//!
//! ## Why it hurts
//! Here it is read as a decimal number, as in the samples that have such addresses. Other programs and people may read it as octal.
//!
//! ## Example
//! ```profile
//! DEVICE VDEV1 VIRTUAL 0
//! LINK VLINK1 VIRTUAL 0 VDEV1
//! HOME 192.0.2.010 VLINK1
//! ```
//!
//! ## How to mend it
//! Take the zero out.
//!
//! ## Source
//! 06:D18.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "address-leading-zero",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
