//! ## What it finds
//! An MPCIPA or MPCPTP device whose name is too long for what VTAM knows it by.
//!
//! ## Why it hurts
//! VTAM finds the hardware by this name: the PORTNAME of a TRLE for MPCIPA, a TRLE or CP name for MPCPTP. These
//! have at most 8 characters, so the device never starts.
//!
//! ## Example
//! ```profile
//! DEVICE OSAPORTNUMBER1 MPCIPA
//! ```
//!
//! ## How to mend it
//! Use the name from the TRLE.
//!
//! ## Source
//! 03:NAM-04, 03:NAM-05, 03:DEV-30, 03:DEV-50.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-trle-name",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
