//! ## What it finds
//! One network of NETACCESS with two names.
//!
//! ## Why it hurts
//! A network has one name; users of the other are refused or let in by mistake.
//!
//! ## Example
//! ```profile
//! NETACCESS
//!   192.0.2.0/24 ZONEA
//!   192.0.2.0 255.255.255.0 ZONEB
//! ENDNETACCESS
//! ```
//!
//! ## How to mend it
//! Take one of the entries out.
//!
//! ## Source
//! 02:NETA-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "netaccess-network-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
