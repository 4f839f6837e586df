//! ## What it finds
//! A HOME entry that names an INTERFACE.
//!
//! ## Why it hurts
//! HOME is for LINKs; an interface has its address on IPADDR. The rest of the list is lost with the entry.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/24
//! HOME 198.51.100.1 OSA1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take the entry out.
//!
//! ## Source
//! 03:HOM-01, 06:D3.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-names-interface",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
