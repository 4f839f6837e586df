//! ## What it finds
//! GLOBALCONFIG ZIIP IQDIOMULTIWRITE without IQDMULTIWRITE.
//!
//! ## Why it hurts
//! There are no such writes that a zIIP could do.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG ZIIP IQDIOMULTIWRITE
//! ```
//!
//! ## How to mend it
//! Add IQDMULTIWRITE.
//!
//! ## Source
//! 02:GLOB-21.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ziip-multiwrite-alone",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG IQDMULTIWRITE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let part = &stack.config.globalconfig;
    if options::on(part.multiwrite).is_some() {
        return;
    }
    if let Some(at) = options::on(part.ziip_multiwrite) {
        out.push(
            Report::new(
                &RULE,
                at,
                "ZIIP IQDIOMULTIWRITE needs IQDMULTIWRITE: there are no such writes otherwise",
            )
            .note("add IQDMULTIWRITE to GLOBALCONFIG"),
        );
    }
}
