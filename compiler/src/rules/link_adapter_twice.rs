//! ## What it finds
//! Two links of an LCS device with one adapter number.
//!
//! ## Why it hurts
//! The second one is rejected.
//!
//! ## Example
//! ```profile
//! DEVICE LCS1 LCS BA0
//! LINK L1 ETHERNET 0 LCS1
//! LINK L2 ETHERNET 0 LCS1
//! HOME 203.0.113.1 L1
//! START LCS1
//! ```
//!
//! ## How to mend it
//! Give each link of the device its own number.
//!
//! ## Source
//! 03:DEV-08, 03:DEV-73.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-adapter-twice",
    level: Severity::Error,
    message_id: Some("EZZ0620I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
