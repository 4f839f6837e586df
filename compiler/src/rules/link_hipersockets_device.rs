//! ## What it finds
//! An IPAQIDIO link whose device is not called IUTIQD and two hexadecimal digits.
//!
//! ## Why it hurts
//! The name of the device tells the channel path; under another name there are no HiperSockets.
//!
//! ## Example
//! ```profile
//! DEVICE HIPER MPCIPA
//! LINK L1 IPAQIDIO HIPER
//! HOME 198.51.100.1 L1
//! START HIPER
//! ```
//!
//! ## How to mend it
//! Call the device IUTIQD and the channel path, such as IUTIQDF2.
//!
//! ## Source
//! 03:NAM-06, 03:DEV-40.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-hipersockets-device",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
