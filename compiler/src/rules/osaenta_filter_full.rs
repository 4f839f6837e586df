//! ## What it finds
//! An OSAENTA that gives an adapter a ninth value of one filter. IPv4 and IPv6 addresses are counted apart.
//!
//! ## Why it hurts
//! Statements add up, and an adapter traces by at most eight values of a filter. The frames that the ninth one is about are missing from the trace.
//!
//! ## Example
//! ```profile
//! OSAENTA PORTNAME=OSA4 PORTNUM=21
//! OSAENTA PORTNAME=OSA4 PORTNUM=22
//! OSAENTA PORTNAME=OSA4 PORTNUM=23
//! OSAENTA PORTNAME=OSA4 PORTNUM=25
//! OSAENTA PORTNAME=OSA4 PORTNUM=80
//! OSAENTA PORTNAME=OSA4 PORTNUM=443
//! OSAENTA PORTNAME=OSA4 PORTNUM=992
//! OSAENTA PORTNAME=OSA4 PORTNUM=3000
//! OSAENTA PORTNAME=OSA4 PORTNUM=3001
//! ```
//!
//! ## How to mend it
//! Leave out a value that nobody looks for, or use CLEAR before a new set of values.
//!
//! ## Source
//! 02:OSAE-02.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "osaenta-filter-full",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
