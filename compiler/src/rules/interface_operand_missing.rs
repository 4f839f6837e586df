//! ## What it finds
//! An INTERFACE without an operand that its type needs.
//!
//! ## Why it hurts
//! The interface cannot be defined.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA
//! ```
//!
//! ## How to mend it
//! Add it: PORTNAME and IPADDR for IPAQENET, DEVNUM and IPADDR for EQENET, CHPID and IPADDR for IPAQIDIO, TRLENAME
//! for MPCPTP6.
//!
//! ## Source
//! 03:4.2, 03:HS-01, 03:EQ-01, 03:EQ-02, 03:QE-02.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "interface-operand-missing",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::StatementIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];
