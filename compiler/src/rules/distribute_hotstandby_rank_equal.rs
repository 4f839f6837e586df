//! ## What it finds
//! Two BACKUP targets of a hot-standby statement with the same rank; without a rank it is 1.
//!
//! ## Why it hurts
//! The ready backup with the highest rank is next. Of two with the same, no source says which.
//!
//! ## Example
//! ```profile
//! IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD HOTSTANDBY 192.0.2.1 PORT 80 DESTIP 10.1.1.1 PREFERRED 10.1.1.2 BACKUP 10.1.1.3 BACKUP
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Give each BACKUP a rank of its own.
//!
//! ## Source
//! 04:5.5, 01:VI-14.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-hotstandby-rank-equal",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
