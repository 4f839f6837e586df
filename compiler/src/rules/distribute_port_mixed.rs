//! ## What it finds
//! One DVIPA with a VIPADISTRIBUTE that lists ports and one that lists none.
//!
//! ## Why it hurts
//! As far as is known, that is not allowed for one DVIPA.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE 192.0.2.1 PORT 443 DESTIP ALL
//!   VIPADISTRIBUTE 192.0.2.1 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! List all ports, or none.
//!
//! ## Source
//! 01:VI-31, 06:C1.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-port-mixed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
