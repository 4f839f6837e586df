//! ## What it finds
//! PKTTRACE with LINKNAME or INTFNAME of a name that no LINK and no INTERFACE before it has.
//!
//! ## Why it hurts
//! Nothing is traced by it.
//!
//! ## Example
//! ```profile
//! PKTTRACE ON INTFNAME=OSA9
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Write the name of a LINK or INTERFACE that stands before, or * for all.
//!
//! ## Source
//! 02:PKTT-01.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "pkttrace-interface-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
