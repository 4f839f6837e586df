//! ## What it finds
//! A word of the founding documents in a profile for z/OS.
//!
//! ## Why it hurts
//! SOURCEIPA and CLUSTERPORTS became SRCIP and SYSPLEXPORTS; z/OS does not know the old ones.
//!
//! ## Example
//! ```profile
//! SOURCEIPA 192.0.2.1 APPA
//! ```
//!
//! ## How to mend it
//! Write the word of the product, or say `dialect = "founding"`.
//!
//! ## Source
//! 001:SOURCEIPA, 01 3, 01:VI-28.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "founding-word",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
