//! ## What it finds
//! More DVIPAs than a stack takes: 1024 of VIPADEFINE and VIPABACKUP.
//!
//! ## Why it hurts
//! The addresses behind the limit are rejected one by one. Those that the stack is a target of count too, as do those that are not active.
//!
//! ## How to mend it
//! Spread the DVIPAs over more stacks, or let applications create some of them within a VIPARANGE.
//!
//! ## Source
//! 01:VD-05, 05:10.1.

use super::{Check, Rule};
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-limit",
    level: Severity::Error,
    message_id: Some("EZZ8309I"),
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};
