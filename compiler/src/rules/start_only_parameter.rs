//! ## What it finds
//! A parameter in a data set for OBEYFILE that only an initial profile can set: XCFGRPID, IQDVLANID.
//!
//! ## Why it hurts
//! The running stack does not take it.
//!
//! ## How to mend it
//! Change the profile and start the stack again.
//!
//! ## Source
//! 02:GLOB-12, 02:9.7, 02:GEN-13.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "start-only-parameter",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
