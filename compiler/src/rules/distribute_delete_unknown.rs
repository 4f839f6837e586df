//! ## What it finds
//! VIPADISTRIBUTE DELETE of a distribution that is not there.
//!
//! ## Why it hurts
//! Nothing is deleted.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DELETE 192.0.2.1 PORT 80 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Name the DVIPA and the ports of the DEFINE.
//!
//! ## Source
//! 01:VI-33.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-delete-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
