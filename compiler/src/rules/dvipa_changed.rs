//! ## What it finds
//! In a data set for OBEYFILE, a VIPADEFINE or VIPABACKUP with other options than the stack has for the DVIPA, such as WHENIDLE in place of
//! IMMEDIATE, another mask or another rank.
//!
//! ## Why it hurts
//! A definition for the same use takes the place of the old one, but no source says for which options this is so while the DVIPA is
//! active. Another tier, or CPCSCOPE, is rejected for sure.
//!
//! ## How to mend it
//! Put a VIPADELETE before it in the same block.
//!
//! ## Source
//! 01:VF-14, 01:8.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-changed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Fold,
};
