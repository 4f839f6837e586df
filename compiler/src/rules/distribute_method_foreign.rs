//! ## What it finds
//! DISTMETHOD BASEWLM or SERVERWLM written for targets of GRE or ENCAP.
//!
//! ## Why it hurts
//! Such targets are not z/OS, so WLM has no weights for them.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE TIER1 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD SERVERWLM TIER1 WEB GRE 192.0.2.1 PORT 443
//!     DESTIP 198.51.100.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Use ROUNDROBIN, WEIGHTEDACTIVE or TARGCONTROLLED.
//!
//! ## Source
//! 06:C7.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-method-foreign",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
