//! ## What it finds
//! A VIPARANGE without SAF.
//!
//! ## Why it hurts
//! Any program of any stack that has the same range may bind to an address of it, and takes it away from the job that has it.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPARANGE DEFINE 255.255.255.0 203.0.113.0
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Add `SAF name` and permit the jobs that may bind to EZB.BINDDVIPARANGE.sysname.tcpname.name.
//!
//! ## Source
//! 06:B8, 06:B9, 01:2.5.

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparange-without-saf",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPARANGE"];

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Security];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for range in stack.config.viparange.list.iter().filter(|range| range.saf.is_none()) {
        out.push(
            Report::new(
                &RULE,
                range.at,
                format!(
                    "range {} has no SAF name: any program may bind to its addresses and take one away",
                    range.subnet
                ),
            )
            .note("add `SAF name`, and permit who may bind to EZB.BINDDVIPARANGE.sysname.tcpname.name"),
        );
    }
}
