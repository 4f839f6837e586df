//! ## What it finds
//! A system symbol without a value on the system of the stack.
//!
//! ## Why it hurts
//! The text stays as typed, and is then no address or name. Of a profile without sysplex.toml nobody knows the system: there it is a warning,
//! and what holds the symbol is taken as right.
//!
//! ## Example
//! ```profile
//! DEVICE &NODEV. VIRTUAL 0
//! ```
//!
//! ## How to mend it
//! Give it a value under `symbols` of the stack in sysplex.toml.
//!
//! ## Source
//! 01:LX-26, 01:LX-28.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "symbol-unknown",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
