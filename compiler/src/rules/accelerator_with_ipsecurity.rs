//! ## What it finds
//! QDIOACCELERATOR on a stack with IPSECURITY.
//!
//! ## Why it hurts
//! Routed traffic is accelerated only while the filters permit all of it without logging; otherwise EZD2020A, EZD2021A or EZD2022A comes.
//! Traffic of the sysplex distributor is always accelerated.
//!
//! ## Example
//! ```profile
//! IPCONFIG QDIOACCELERATOR IPSECURITY
//! ```
//!
//! ## How to mend it
//! See that the first filter for routed traffic permits all of it without logging, or do not count on the accelerator.
//!
//! ## Source
//! 02:IPC4-11, 02:IPC4-12.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Effect, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "accelerator-with-ipsecurity",
    level: Severity::Info,
    message_id: None,
    effect: Some(Effect::Accepted),
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let part = &stack.config.ipconfig;
    if let (Some(at), Some(other)) = (options::on(part.accelerator), options::on(part.ipsecurity)) {
        out.push(
            Report::new(&RULE, at, "with IPSECURITY, routed traffic is accelerated only while filters permit all of it without logging")
                .related(other, "IPSECURITY here")
                .note("EZD2020A, EZD2021A or EZD2022A tells when they do not; distributed traffic is always accelerated"),
        );
    }
}
