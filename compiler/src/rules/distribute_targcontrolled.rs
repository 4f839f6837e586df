//! ## What it finds
//! DISTMETHOD TARGCONTROLLED for targets that are z/OS stacks.
//!
//! ## Why it hurts
//! The method is for tier 1 targets that are not z/OS.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD TARGCONTROLLED 192.0.2.1 PORT 443 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write TIER1 with GRE or ENCAP, or another method.
//!
//! ## Source
//! 01:VI-13.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-targcontrolled",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
