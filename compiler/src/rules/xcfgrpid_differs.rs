//! ## What it finds
//! Stacks that sysplex.toml puts into one XCF group, with different XCFGRPIDs.
//!
//! ## Why it hurts
//! XCFGRPID is part of the name of the group: stacks with different numbers know nothing of each other.
//!
//! ## How to mend it
//! Write the same XCFGRPID, or give the stacks different `xcf-group`s in sysplex.toml.
//!
//! ## Source
//! 02:9.5, 02:GLOB-11.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "xcfgrpid-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG XCFGRPID"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (group, stacks) in cluster.groups() {
        let mut numbers = stacks.iter().filter_map(|stack| Some((*stack, stack.global.group?)));
        let Some((first, known)) = numbers.next() else { continue };
        for (stack, number) in numbers {
            if number.value == known.value {
                continue;
            }
            out.push(
                Report::new(
                    &RULE,
                    number.at,
                    format!(
                        "{} has XCFGRPID {} and {} has {}, so they are not both in group {group}",
                        stack.name(),
                        number.value,
                        first.name(),
                        known.value
                    ),
                )
                .related(known.at, format!("XCFGRPID of {}", first.name()))
                .note("stacks of different subplexes know nothing of each other; say so by `xcf-group` in sysplex.toml")
                .stack(first.name())
                .stack(stack.name()),
            );
        }
    }
}
