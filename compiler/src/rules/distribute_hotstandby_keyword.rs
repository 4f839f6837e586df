//! ## What it finds
//! PREFERRED, BACKUP, AUTOSWITCHBACK, HEALTHSWITCH or a NO form of these with a distribution method other than HOTSTANDBY.
//!
//! ## Why it hurts
//! The statement and the rest of the VIPADYNAMIC block are ignored.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 192.0.2.1 PORT 80 DESTIP 10.0.0.1 PREFERRED
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write DISTMETHOD HOTSTANDBY, or take the keyword out.
//!
//! ## Source
//! 01:VI-18, 06:A5.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-hotstandby-keyword",
    level: Severity::Error,
    message_id: Some("EZZ0831I"),
    effect: Some(Effect::RestOfBlockIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];
