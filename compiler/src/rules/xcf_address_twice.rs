//! ## What it finds
//! Two stacks with the same dynamic XCF address.
//!
//! ## Why it hurts
//! Each must be unique: a distribution to it reaches only one of them.
//!
//! ## How to mend it
//! Give each stack an address of its own; a system symbol in it does that in a shared profile.
//!
//! ## Source
//! 01:IP-14.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "xcf-address-twice",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        for (xcf, at) in &stack.xcf {
            let Some(first) = cluster.by_xcf(&stack.setup.group, *xcf) else { continue };
            if first.name() == stack.name() {
                continue;
            }
            let mut report = Report::new(
                &RULE,
                *at,
                format!("{} and {} have the same dynamic XCF address {xcf}", first.name(), stack.name()),
            )
            .note("give each stack one of its own, for instance with &SYSCLONE. in it")
            .stack(first.name())
            .stack(stack.name());
            for (_, other) in first.xcf.iter().filter(|(address, other)| address == xcf && other != at) {
                report = report.related(*other, format!("{} has it here", first.name()));
            }
            out.push(report);
        }
    }
}
