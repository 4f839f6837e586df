//! ## What it finds
//! SYSPLEXPORTS on a VIPADISTRIBUTE that is not the first one of its DVIPA, when the first has it not.
//!
//! ## Why it hurts
//! It cannot be switched on later: the stack refuses the statement, and ports of the DVIPA stay those of each stack.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE 192.0.2.1 PORT 443 DESTIP ALL
//!   VIPADISTRIBUTE SYSPLEXPORTS 192.0.2.1 PORT 444 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write it on the first VIPADISTRIBUTE of the DVIPA.
//!
//! ## Source
//! 05:C10.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplexports-late",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
