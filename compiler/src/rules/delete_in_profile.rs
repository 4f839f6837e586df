//! ## What it finds
//! A DELETE statement in the profile that a stack starts with.
//!
//! ## Why it hurts
//! When the stack starts there is nothing to delete, except what the same profile has just defined: somebody has left an
//! OBEYFILE's statement there, and the profile no longer says what the stack has. Audit rules refuse it.
//!
//! ## Example
//! ```profile
//! PORT 3000 TCP OLDSRV
//! DELETE PORT 3000 TCP OLDSRV
//! ```
//!
//! ## How to mend it
//! Take DELETE and what it deletes out of the profile; keep DELETE in the data set for VARY OBEYFILE.
//!
//! ## Source
//! 06:E.

use super::{Check, Rule};
use crate::description::Preset;
use crate::finding::{Confidence, Effect, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "delete-in-profile",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Security];
