//! ## What it finds
//! A NETACCESS network with ones behind its mask.
//!
//! ## Why it hurts
//! The part behind the mask does not count, so more addresses are covered than it looks.
//!
//! ## Example
//! ```profile
//! NETACCESS
//!   192.0.2.7/24 ZONEA
//! ENDNETACCESS
//! ```
//!
//! ## How to mend it
//! Write the network, or the host with /32.
//!
//! ## Source
//! 02:NETA-06.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "netaccess-host-bits",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
