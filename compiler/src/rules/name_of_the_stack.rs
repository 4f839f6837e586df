//! ## What it finds
//! A device, link or interface with a name that only the stack gives: the HiperSockets names of dynamic XCF, or a
//! loopback.
//!
//! ## Why it hurts
//! The stack makes it itself and refuses it from a profile.
//!
//! ## Example
//! ```profile
//! DEVICE IUTIQDIO MPCIPA
//! ```
//!
//! ## How to mend it
//! Choose another name. For HiperSockets of your own, a device is called IUTIQD and the channel path.
//!
//! ## Source
//! 03:DEV-42, 03:NAM-09.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "name-of-the-stack",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
