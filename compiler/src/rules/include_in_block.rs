//! ## What it finds
//! An INCLUDE between the opener of a block and its END.
//!
//! ## Why it hurts
//! A block should be whole within one data set; one source says that it has to be, and none says what the stack
//! makes of one that is not. Here it is read as if the text stood in place of the INCLUDE.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//! INCLUDE SYS1.TCPPARMS(DVIPAS)
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Put the whole block into the included data set.
//!
//! ## Source
//! 05:C5.

use super::{Check, Rule};
use crate::finding::{Confidence, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "include-in-block",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};
