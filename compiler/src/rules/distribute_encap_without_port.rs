//! ## What it finds
//! VIPADISTRIBUTE with ENCAP and without PORT.
//!
//! ## Why it hurts
//! The statement is ignored: dynamic ports do not go with ENCAP.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE TIER1 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE TIER1 WEB ENCAP 192.0.2.1 DESTIP 198.51.100.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! List the ports.
//!
//! ## Source
//! 01:VI-09, 05:10.2.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-encap-without-port",
    level: Severity::Error,
    message_id: Some("EZZ0783I"),
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
