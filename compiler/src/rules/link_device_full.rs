//! ## What it finds
//! A second LINK on a device that takes one.
//!
//! ## Why it hurts
//! The second LINK is ignored: CTC and MPCIPA devices take a single link.
//!
//! ## Example
//! ```profile
//! DEVICE OSA1 MPCIPA
//! LINK L1 IPAQENET OSA1
//! LINK L2 IPAQENET OSA1 VLANID 12
//! HOME 198.51.100.1 L1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take it out; define several VLANs on one OSA with INTERFACE.
//!
//! ## Source
//! 03:DEV-07, 03:DEV-32.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-device-full",
    level: Severity::Error,
    message_id: Some("EZZ0330I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
