//! ## What it finds
//! Two keywords of one statement that exclude each other.
//!
//! ## Why it hurts
//! The stack keeps one of them and says which (EZZ0356I), or drops the statement (EZZ0707I); which of the two it does for a pair is not documented.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE OPTLOCAL NOOPTLOCAL 192.0.2.1 PORT 80 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Take one of them out.
//!
//! ## Source
//! 02:GEN-12, 05:3.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "keywords-exclusive",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
