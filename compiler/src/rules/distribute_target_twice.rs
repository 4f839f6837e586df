//! ## What it finds
//! A target that stands twice in DESTIP, for a method other than HOTSTANDBY.
//!
//! ## Why it hurts
//! It is one target; the second mention, with its WEIGHT, is of no use. Often another address was meant.
//!
//! ## Example
//! ```profile
//! IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.1 255.255.255.0 1
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 192.0.2.1 PORT 80 DESTIP 10.1.1.1 10.1.1.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Correct one of the two addresses, or take it out.
//!
//! ## Source
//! 01:VI-05, 01:VI-30.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-target-twice",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
