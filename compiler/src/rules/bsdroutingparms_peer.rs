//! ## What it finds
//! A BSDROUTINGPARMS entry of a CTC link without the address of its other end, or of a LAN or VIPA link with one.
//!
//! ## Why it hurts
//! The stack builds a route to the other end from it.
//!
//! ## Example
//! ```profile
//! DEVICE LCS1 LCS BA0
//! LINK ETHER1 ETHERNET 0 LCS1
//! HOME 203.0.113.1 ETHER1
//! BSDROUTINGPARMS TRUE
//!   ETHER1 1500 0 255.255.255.0 203.0.113.2
//! ENDBSDROUTINGPARMS
//! START LCS1
//! ```
//!
//! ## How to mend it
//! The last operand is 0 for LANs and VIPAs, and the other end for point-to-point links.
//!
//! ## Source
//! 03:BSD-05.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "bsdroutingparms-peer",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};
