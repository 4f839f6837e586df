//! ## What it finds
//! Two entries of DEFADDRTABLE for one prefix.
//!
//! ## Why it hurts
//! The first counts, the others are ignored.
//!
//! ## Example
//! ```profile
//! DEFADDRTABLE
//!   2001:db8::/32 45 1
//!   2001:db8::/32 50 2
//! ENDDEFADDRTABLE
//! ```
//!
//! ## How to mend it
//! Keep the entry that is meant.
//!
//! ## Source
//! 02:DADT-03.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "default-address-prefix-twice",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
