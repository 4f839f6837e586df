//! ## What it finds
//! WHENIDLE or SERVICEMGR on a VIPADEFINE or VIPABACKUP of an IPv6 address.
//!
//! ## Why it hurts
//! The stack takes the statement and leaves the keyword out: the DVIPA moves at once, or no forwarding agent is told of it.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE MOVEABLE WHENIDLE DVIPA6 2001:db8::1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Take it out, or write MOVEABLE IMMEDIATE.
//!
//! ## Source
//! 01:VF-08, 01:VF-09, 05 3.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "keyword-not-for-ipv6",
    level: Severity::Warning,
    message_id: Some("EZZ0737I"),
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
