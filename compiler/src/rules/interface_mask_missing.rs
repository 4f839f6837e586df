//! ## What it finds
//! An EQENET interface whose IPADDR has no length of a mask.
//!
//! ## Why it hurts
//! Network Express needs the subnet; the interface is not defined without.
//!
//! ## Example
//! ```profile
//! INTERFACE NET1 DEFINE EQENET DEVNUM 2A00 IPADDR 198.51.100.1
//! ```
//!
//! ## How to mend it
//! Write the address with its length, as 198.51.100.1/24.
//!
//! ## Source
//! 03:EQ-02, 06:D23.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-mask-missing",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
