//! ## What it finds
//! DESTIP ALL in a group where a stack has no DYNAMICXCF of the family.
//!
//! ## Why it hurts
//! ALL is every stack with a dynamic XCF address; this one never gets a connection.
//!
//! ## How to mend it
//! Add DYNAMICXCF to its IPCONFIG, or to IPCONFIG6 for an IPv6 DVIPA.
//!
//! ## Source
//! 01:VI-05.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::Targets;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-all-without-xcf",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut told: BTreeSet<(&str, bool)> = BTreeSet::new();
    for stack in &cluster.stacks {
        for distribution in stack.distributions.iter().filter(|distribution| !distribution.foreign_targets) {
            if distribution.targets != Targets::All {
                continue;
            }
            let four = distribution.dvipa.is_ipv4();
            let statement = if four { "IPCONFIG" } else { "IPCONFIG6" };
            let without = cluster.stacks.iter().filter(|other| {
                other.setup.group == stack.setup.group
                    && !other.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == four)
            });
            for other in without {
                if !told.insert((other.name(), four)) {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        distribution.targets_at,
                        format!(
                            "DESTIP ALL of {} leaves {} out, which has no DYNAMICXCF",
                            distribution.dvipa,
                            other.name()
                        ),
                    )
                    .note(format!(
                        "add DYNAMICXCF to {statement} of {}, or name the targets one by one",
                        other.name()
                    ))
                    .stack(stack.name())
                    .stack(other.name()),
                );
            }
        }
    }
}
