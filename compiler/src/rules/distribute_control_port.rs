//! ## What it finds
//! TIER1 statements with different CONTROLPORTs.
//!
//! ## Why it hurts
//! The control port must be the same on all of them.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE TIER1 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE TIER1 WEB GRE CONTROLPORT 1702 192.0.2.1 PORT 80
//!     DESTIP 198.51.100.1
//!   VIPADISTRIBUTE TIER1 WEB GRE CONTROLPORT 1703 192.0.2.1 PORT 443
//!     DESTIP 198.51.100.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Choose one port; 1702 is the default.
//!
//! ## Source
//! 01:VI-12, 06:C9.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-control-port",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
