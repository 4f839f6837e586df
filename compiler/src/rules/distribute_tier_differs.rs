//! ## What it finds
//! TIER1 or TIER2 on a VIPADISTRIBUTE whose DVIPA is not defined with the same tier.
//!
//! ## Why it hurts
//! The two belong together: TIER1 needs TIER1 on the VIPADEFINE or VIPABACKUP, TIER2 likewise.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE TIER2 WEB 192.0.2.1 PORT 443 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write the same tier where the DVIPA is defined.
//!
//! ## Source
//! 01:VI-10.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-tier-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE", "VIPADEFINE", "VIPABACKUP"];
