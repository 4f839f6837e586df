//! ## What it finds
//! Stacks of one group with different EXPLICITBINDPORTRANGEs.
//!
//! ## Why it hurts
//! There is one range for all: that of the stack whose profile or OBEYFILE was processed last. Which one it is depends on the order of starts.
//!
//! ## How to mend it
//! Put the same range into all profiles, best into a member that all of them include.
//!
//! ## Source
//! 01:GC-13, 02:GLOB-03.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::globalconfig::Pool;

/// The rule.
pub const RULE: Rule = Rule {
    name: "explicit-bind-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG EXPLICITBINDPORTRANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        let mut pools = stacks.iter().filter_map(|stack| Some((*stack, stack.global.explicit_bind?)));
        let Some((first, pool)) = pools.next() else { continue };
        for (stack, other) in pools {
            if (other.first, other.count) == (pool.first, pool.count) {
                continue;
            }
            out.push(
                Report::new(
                    &RULE,
                    other.at,
                    format!(
                        "{} has EXPLICITBINDPORTRANGE {} and {} has {}: the one that starts last decides for all",
                        stack.name(),
                        describe(other),
                        first.name(),
                        describe(pool)
                    ),
                )
                .related(pool.at, format!("range of {}", first.name()))
                .note("DISPLAY TCPIP,,SYSPLEX,PORTS shows the configured range and the active one")
                .stack(first.name())
                .stack(stack.name()),
            );
        }
    }
}

fn describe(pool: Pool) -> String {
    format!("{} {}", pool.first, pool.count)
}
