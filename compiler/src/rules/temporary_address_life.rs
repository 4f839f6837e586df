//! ## What it finds
//! IPCONFIG6 TEMPADDRS with a VALIDLIFETIME shorter than PREFLIFETIME.
//!
//! ## Why it hurts
//! An address would be gone while it is still preferred for new connections.
//!
//! ## Example
//! ```profile
//! IPCONFIG6 TEMPADDRS PREFLIFETIME 48 VALIDLIFETIME 24
//! ```
//!
//! ## How to mend it
//! Make VALIDLIFETIME the longer one; left out, it is seven times PREFLIFETIME.
//!
//! ## Source
//! 02:IPC6-06.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "temporary-address-life",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG6"];
