//! ## What it finds
//! A LINK whose type does not go with the type of its DEVICE.
//!
//! ## Why it hurts
//! The link cannot be defined, and its address, its routes and its START fail with it.
//!
//! ## Example
//! ```profile
//! DEVICE LCS1 LCS BA0
//! LINK L1 IPAQENET LCS1
//! ```
//!
//! ## How to mend it
//! Take the type of link that the device needs: IPAQENET and IPAQIDIO for MPCIPA, MPCPTP for MPCPTP, CTC for CTC,
//! ETHERNET for LCS, VIRTUAL for VIRTUAL.
//!
//! ## Source
//! 03:DEV-06, 03:14.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-device-kind",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
