//! ## What it finds
//! START or STOP of a LINK.
//!
//! ## Why it hurts
//! START and STOP take the device of a link.
//!
//! ## Example
//! ```profile
//! DEVICE LCS1 LCS BA0
//! LINK ETHER1 ETHERNET 0 LCS1
//! HOME 203.0.113.1 ETHER1
//! START LCS1
//! START ETHER1
//! ```
//!
//! ## How to mend it
//! Name the device.
//!
//! ## Source
//! 03:STA-02.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "start-link",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
