//! ## What it finds
//! More than eight stacks on one system.
//!
//! ## Why it hurts
//! Common INET takes eight stacks of a system at most; the ninth one does not start.
//!
//! ## How to mend it
//! Take stacks out of the description, or give them the system that they run on.
//!
//! ## Source
//! 04:6.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "system-stacks",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// Stacks that common INET takes.
const MOST: usize = 8;

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut systems: BTreeMap<&str, usize> = BTreeMap::new();
    for stack in &cluster.stacks {
        let count = systems.entry(stack.setup.system.as_str()).or_default();
        *count += 1;
        if *count != MOST + 1 {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                stack.setup.at,
                format!(
                    "{} is stack number {count} on system {}, and common INET takes {MOST}",
                    stack.name(),
                    stack.setup.system
                ),
            )
            .note("`system` of a [[stack]] says where it runs")
            .stack(stack.name()),
        );
    }
}
