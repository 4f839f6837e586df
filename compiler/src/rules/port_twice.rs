//! ## What it finds
//! A port that PORT reserves twice for the same job, or twice as RESERVED, at the same address.
//!
//! ## Why it hurts
//! Of two equal entries one is too many. Where their options differ, no source says which of them count.
//!
//! ## Example
//! ```profile
//! PORT
//!   443 TCP WEB1
//!   443 TCP WEB1 NODELAYACKS
//! ```
//!
//! ## How to mend it
//! Keep one entry, with the options that are meant.
//!
//! ## Source
//! 02:2.8, 05:4.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
