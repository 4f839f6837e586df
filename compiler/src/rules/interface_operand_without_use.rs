//! ## What it finds
//! An operand of OSA-Express on EQENET or EQENET6, or SMCR on HiperSockets.
//!
//! ## Why it hurts
//! Interfaces of this type have no use for it; whether the stack passes over it or refuses the statement is not
//! known.
//!
//! ## Example
//! ```profile
//! INTERFACE NET1 DEFINE EQENET DEVNUM 2A00 PORTNAME PORTA IPADDR 198.51.100.1/26
//! START NET1
//! ```
//!
//! ## How to mend it
//! Take it out.
//!
//! ## Source
//! 03:EQ-04, 03:HS-06, 06:D23.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-operand-without-use",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
