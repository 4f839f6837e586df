//! ## What it finds
//! NETACCESS with NOOUTBOUND and without INBOUND.
//!
//! ## Why it hurts
//! NOINBOUND is the default, so nothing is ever checked.
//!
//! ## Example
//! ```profile
//! NETACCESS NOOUTBOUND
//!   192.0.2.0/24 ZONEA
//! ENDNETACCESS
//! ```
//!
//! ## How to mend it
//! Write INBOUND, or take NOOUTBOUND out.
//!
//! ## Source
//! 02:NETA-08.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "netaccess-nothing-checked",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["NETACCESS"];
