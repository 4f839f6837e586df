//! ## What it finds
//! A name that is a LINK and an INTERFACE.
//!
//! ## Why it hurts
//! ROUTE and PRIMARYINTERFACE take both, so they may mean the wrong one.
//!
//! ## Example
//! ```profile
//! DEVICE VDEV1 VIRTUAL 0
//! LINK VIPA1 VIRTUAL 0 VDEV1
//! HOME 192.0.2.1 VIPA1
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.2
//! ```
//!
//! ## How to mend it
//! Give one of them another name, or take the one out that has been replaced.
//!
//! ## Source
//! 03:NAM-07.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-interface-name",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
