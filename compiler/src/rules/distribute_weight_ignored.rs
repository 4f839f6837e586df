//! ## What it finds
//! WEIGHT with a distribution method other than WEIGHTEDACTIVE.
//!
//! ## Why it hurts
//! The keyword is ignored.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 192.0.2.1 PORT 80 DESTIP 10.0.0.1 WEIGHT 20
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write DISTMETHOD WEIGHTEDACTIVE, or take WEIGHT out.
//!
//! ## Source
//! 01:VI-19.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-weight-ignored",
    level: Severity::Warning,
    message_id: Some("EZZ0799I"),
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
