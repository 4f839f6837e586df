//! ## What it finds
//! More than 16 PFIDs on GLOBALCONFIG SMCR.
//!
//! ## Why it hurts
//! A stack works with 16 adapters at most.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SMCR
//!   PFID 0001 PFID 0002 PFID 0003 PFID 0004 PFID 0005 PFID 0006
//!   PFID 0007 PFID 0008 PFID 0009 PFID 000A PFID 000B PFID 000C
//!   PFID 000D PFID 000E PFID 000F PFID 0010 PFID 0011
//! ```
//!
//! ## How to mend it
//! Take out those that the stack can do without.
//!
//! ## Source
//! 02:GLOB-23.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "smcr-adapters",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Fold,
};
