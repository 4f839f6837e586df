//! ## What it finds
//! PRIMARYINTERFACE with a loopback or an IPv6 interface.
//!
//! ## Why it hurts
//! It is for IPv4, and a loopback is not possible.
//!
//! ## Example
//! ```profile
//! PRIMARYINTERFACE LOOPBACK
//! ```
//!
//! ## How to mend it
//! Name a LINK, an IPv4 INTERFACE or a dynamic VIPA.
//!
//! ## Source
//! 03:PRI-01, 03:PRI-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "primaryinterface-not-ipv4",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
