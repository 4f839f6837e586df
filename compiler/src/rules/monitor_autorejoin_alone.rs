//! ## What it finds
//! SYSPLEXMONITOR AUTOREJOIN without RECOVERY.
//!
//! ## Why it hurts
//! Without RECOVERY the stack never leaves its group by itself, so there is nothing to rejoin.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SYSPLEXMONITOR AUTOREJOIN
//! ```
//!
//! ## How to mend it
//! Add RECOVERY, or take AUTOREJOIN out.
//!
//! ## Source
//! 01:GC-27, 02:GLOB-18.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "monitor-autorejoin-alone",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG RECOVERY"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let monitor = &stack.config.globalconfig.monitor;
    if options::on(monitor.recovery).is_some() {
        return;
    }
    if let Some(at) = options::on(monitor.auto_rejoin) {
        out.push(
            Report::new(
                &RULE,
                at,
                "AUTOREJOIN has nothing to do: without RECOVERY the stack never leaves its group by itself",
            )
            .note("add RECOVERY"),
        );
    }
}
