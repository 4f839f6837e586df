//! ## What it finds
//! A second DEFINE of an interface.
//!
//! ## Why it hurts
//! It is no general way to change one: a few operands are taken at most.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.1
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.2
//! ```
//!
//! ## How to mend it
//! Stop it in one OBEYFILE; delete, define and start it in the next.
//!
//! ## Source
//! 03:IF-16, 03:14.1.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
