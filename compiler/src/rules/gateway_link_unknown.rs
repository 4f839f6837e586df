//! ## What it finds
//! A GATEWAY entry for a name that no LINK before it has.
//!
//! ## Why it hurts
//! The route has no way out. GATEWAY knows LINKs only, no INTERFACE.
//!
//! ## How to mend it
//! Put the LINK before it, or write the routes as BEGINROUTES.
//!
//! ## Source
//! 03:GW-03, 03:GEN-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "gateway-link-unknown",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
