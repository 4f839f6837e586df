//! ## What it finds
//! A statement of another configuration file: TCPIP.DATA, or the profile of the TN3270E server.
//!
//! ## Why it hurts
//! The stack does not know it, and the server that does never sees it.
//!
//! ## Example
//! ```profile
//! NSINTERADDR 192.0.2.53
//! ```
//!
//! ## How to mend it
//! Move it to the file that it belongs to.
//!
//! ## Source
//! 06:D9, 01:1.7, 02:LEG-04.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "foreign-statement",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};
