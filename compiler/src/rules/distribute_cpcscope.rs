//! ## What it finds
//! A VIPADISTRIBUTE for a DVIPA with CPCSCOPE and no tier.
//!
//! ## Why it hurts
//! As far as is known, such a DVIPA cannot be distributed.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE CPCSCOPE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE 192.0.2.1 PORT 443 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Write TIER2 CPCSCOPE where it is defined, or take CPCSCOPE out.
//!
//! ## Source
//! 01:VF-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-cpcscope",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE", "VIPADEFINE", "VIPABACKUP"];
