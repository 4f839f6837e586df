//! ## What it finds
//! A ROUTE over a name that no INTERFACE and no LINK before it has.
//!
//! ## Why it hurts
//! The route is dropped, the others of the block stay.
//!
//! ## Example
//! ```profile
//! BEGINROUTES
//!   ROUTE DEFAULT 198.51.100.62 OSA1 MTU 1492
//! ENDROUTES
//! ```
//!
//! ## How to mend it
//! Put the definition before BEGINROUTES, or mend the name.
//!
//! ## Source
//! 03:RTE-04, 03:GEN-05, 03:14.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-interface-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
