//! ## What it finds
//! EXPLICITBINDPORTRANGE that begins below port 1024 or ends behind port 65535.
//!
//! ## Why it hurts
//! No source could be read that says what the stack does with it. Mostly the last port was written in place of the count.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG EXPLICITBINDPORTRANGE 60000 65000
//! ```
//!
//! ## How to mend it
//! Write the first port and how many there are, within 1024 to 65535.
//!
//! ## Source
//! 01:GC-10, 01:GC-17.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "explicit-bind-range",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
