//! ## What it finds
//! NETMONITOR with a zERT service on a stack without GLOBALCONFIG ZERT, or with the summary service without AGGREGATION.
//!
//! ## Why it hurts
//! Nothing is noted, so programs that listen to the service never get a record.
//!
//! ## Example
//! ```profile
//! NETMONITOR ZERTSERVICE
//! ```
//!
//! ## How to mend it
//! Add ZERT to GLOBALCONFIG, with AGGREGATION for summaries.
//!
//! ## Source
//! 02:NETM-03.

use super::{Check, Rule, StackView};
use crate::description::Release;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "netmonitor-zert-off",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG ZERT AGGREGATION"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if stack.setup.release < (Release { version: 2, release: 3 }) {
        return;
    }
    let (global, part) = (&stack.config.globalconfig, &stack.config.netmonitor);
    let (zert, sums) = (options::on(global.zert).is_some(), options::on(global.aggregation).is_some());
    let services = [
        (part.zert, "ZERTSERVICE", "ZERT", zert),
        (part.zert_by_policy, "ZERTSERVICEBYPOLICY", "ZERT", zert),
        (part.zert_summary, "ZERTSUMMARY", "ZERT AGGREGATION", zert && sums),
    ];
    for (flag, name, missing, there) in services {
        let Some(at) = options::on(flag).filter(|_| !there) else { continue };
        out.push(
            Report::new(&RULE, at, format!("{name} has nothing to tell: GLOBALCONFIG has no {missing}"))
                .note(format!("add {missing} to GLOBALCONFIG, or take the service out")),
        );
    }
}
