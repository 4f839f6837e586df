//! ## What it finds
//! SYSPLEXMONITOR DYNROUTE without MONINTERFACE.
//!
//! ## Why it hurts
//! Dynamic routes are watched over monitored interfaces only; as far as is known, the word alone is refused.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SYSPLEXMONITOR DYNROUTE
//! ```
//!
//! ## How to mend it
//! Add MONINTERFACE, or take DYNROUTE out.
//!
//! ## Source
//! 01:GC-27.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "monitor-dynroute-alone",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG MONINTERFACE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let monitor = &stack.config.globalconfig.monitor;
    if options::on(monitor.interface).is_some() {
        return;
    }
    if let Some(at) = options::on(monitor.dynamic_route) {
        out.push(
            Report::new(
                &RULE,
                at,
                "DYNROUTE watches routes over monitored interfaces, and there is no MONINTERFACE",
            )
            .note("add MONINTERFACE, and MONSYSPLEX on the interfaces to be watched"),
        );
    }
}
