//! ## What it finds
//! A TRANSLATE entry for a link of an OSA in QDIO mode or of HiperSockets.
//!
//! ## Why it hurts
//! The adapter finds hardware addresses itself and does not ask the table of the stack.
//!
//! ## Example
//! ```profile
//! DEVICE OSA1 MPCIPA
//! LINK OSALINK1 IPAQENET OSA1
//! HOME 203.0.113.1 OSALINK1
//! TRANSLATE 203.0.113.98 ETHERNET 00005E005301 OSALINK1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take the entry out.
//!
//! ## Source
//! 03:TRN-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "translate-without-arp",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
