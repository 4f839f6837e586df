//! ## What it finds
//! A DVIPA with SYSPLEXPORTS and fewer EPHEMERALPORTS on a target than two blocks of 64 for each of its targets.
//!
//! ## Why it hurts
//! Stacks get the ports of the DVIPA in blocks of 64 from their EPHEMERALPORTS. When there are no blocks left, a bind to the DVIPA without a
//! port fails.
//!
//! ## How to mend it
//! Widen EPHEMERALPORTS of TCPCONFIG, on all targets alike.
//!
//! ## Source
//! 04:3.3, 01:VI-28.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplexports-pool-small",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG EPHEMERALPORTS"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for stack in &cluster.stacks {
        for distribution in stack.distributions.iter().filter(|distribution| distribution.cluster_ports) {
            let targets = cluster.targets(stack, distribution);
            let wanted = 128 * targets.len();
            for target in &targets {
                let Some(ports) = target.ephemeral else { continue };
                let there = usize::from(ports.high.saturating_sub(ports.low)) + 1;
                if there >= wanted || !told.insert(target.name()) {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        ports.at,
                        format!("EPHEMERALPORTS of {} has {there} ports, too few for the {} stacks that share {} with SYSPLEXPORTS", target.name(), targets.len(), distribution.dvipa),
                    )
                    .related(distribution.at, format!("distributed by {}", stack.name()))
                    .note(format!("each stack takes blocks of 64 ports, two at a time: {wanted} is the least for {} of them", targets.len()))
                    .note("when no block is left, a bind to the DVIPA that leaves the port open fails")
                    .stack(stack.name())
                    .stack(target.name()),
                );
            }
        }
    }
}
