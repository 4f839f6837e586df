//! ## What it finds
//! SMFCONFIG with a zERT record on a stack without GLOBALCONFIG ZERT, or its summary without AGGREGATION.
//!
//! ## Why it hurts
//! Nothing is noted, so no such record is ever written.
//!
//! ## Example
//! ```profile
//! SMFCONFIG TYPE119 ZERTDETAIL
//! ```
//!
//! ## How to mend it
//! Add ZERT to GLOBALCONFIG, with AGGREGATION for summaries.
//!
//! ## Source
//! 02:SMFC-04, 02:GLOB-20.

use super::{Check, Rule, StackView};
use crate::description::Release;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "zert-records-without-zert",
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
    let part = &stack.config.globalconfig;
    for (record, at) in &stack.config.smfconfig.records {
        let Some(name) = record.strip_prefix("119 ").filter(|name| name.starts_with("ZERT")) else {
            continue;
        };
        let missing = if options::on(part.zert).is_none() {
            "ZERT"
        } else if name == "ZERTSUMMARY" && options::on(part.aggregation).is_none() {
            "ZERT AGGREGATION"
        } else {
            continue;
        };
        out.push(
            Report::new(
                &RULE,
                *at,
                format!("{name} records are never written: GLOBALCONFIG has no {missing}"),
            )
            .note(format!("add {missing} to GLOBALCONFIG, or take the record out")),
        );
    }
}
