//! ## What it finds
//! A port of a DVIPA that two VIPADISTRIBUTE statements distribute by different methods.
//!
//! ## Why it hurts
//! It is taken that the later statement changes the method of the port and adds its targets. No source confirms that.
//!
//! ## Example
//! ```profile
//! IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.1 255.255.255.0 1
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 192.0.2.1 PORT 80 443 DESTIP ALL
//!   VIPADISTRIBUTE DISTMETHOD SERVERWLM 192.0.2.1 PORT 443 DESTIP ALL
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Name each port of a DVIPA in one statement.
//!
//! ## Source
//! 01:VI-31, 01:VI-30.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-port-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
