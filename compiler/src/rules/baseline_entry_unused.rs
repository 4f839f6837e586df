//! ## What it finds
//! An entry of a baseline whose finding is gone.
//!
//! ## Why it hurts
//! It would hide the same mistake when somebody makes it again. A baseline can only shrink.
//!
//! ## How to mend it
//! `vipa lint --baseline FILE --write-baseline` takes out what matches nothing any more, and adds nothing.
//!
//! ## Source
//! The reference of baselines.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "baseline-entry-unused",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};
