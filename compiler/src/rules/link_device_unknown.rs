//! ## What it finds
//! A LINK for a device that no DEVICE before it defines.
//!
//! ## Why it hurts
//! The link does not come to be, and neither does its address.
//!
//! ## Example
//! ```profile
//! LINK L VIRTUAL 0 NODEV
//! ```
//!
//! ## How to mend it
//! Put the DEVICE before the LINK, or mend the name.
//!
//! ## Source
//! 03:DEV-06, 01:LX-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-device-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
