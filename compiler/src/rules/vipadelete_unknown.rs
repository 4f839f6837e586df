//! ## What it finds
//! VIPADELETE of an address that the stack does not have at that point.
//!
//! ## Why it hurts
//! Nothing is deleted.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADELETE 192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Take it out, or mend the address.
//!
//! ## Source
//! 01:VX-01, 01:VX-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "vipadelete-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
