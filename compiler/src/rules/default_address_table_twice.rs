//! ## What it finds
//! A second DEFADDRTABLE in one data set.
//!
//! ## Why it hurts
//! The stack ignores it and says so; the first one counts.
//!
//! ## Example
//! ```profile
//! DEFADDRTABLE
//!   ::/0 40 1
//! ENDDEFADDRTABLE
//! DEFADDRTABLE
//!   2001:db8::/32 45 1
//! ENDDEFADDRTABLE
//! ```
//!
//! ## How to mend it
//! Put all entries into one block.
//!
//! ## Source
//! 02:DADT-01.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "default-address-table-twice",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
