//! ## What it finds
//! START or STOP of a static VIPA.
//!
//! ## Why it hurts
//! A static VIPA is active from its definition on and takes neither.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.1
//! START VIPA1
//! ```
//!
//! ## How to mend it
//! Take the statement out.
//!
//! ## Source
//! 03:STA-03, 03:DEV-20, 03:VIP-04.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "start-virtual",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
