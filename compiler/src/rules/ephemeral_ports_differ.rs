//! ## What it finds
//! Stacks that share a DVIPA with SYSPLEXPORTS and have different EPHEMERALPORTS on TCPCONFIG.
//!
//! ## Why it hurts
//! Each stack gets blocks of ports within its own range, so ranges that differ cut the common pool into pieces.
//!
//! ## How to mend it
//! Give all stacks of the group the same EPHEMERALPORTS.
//!
//! ## Source
//! 02:TCPC-05.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ephemeral-ports-differ",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG EPHEMERALPORTS"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for stack in &cluster.stacks {
        for distribution in stack.distributions.iter().filter(|distribution| distribution.cluster_ports) {
            for target in cluster.targets(stack, distribution) {
                if range(target) == range(stack) || !told.insert((stack.name(), target.name())) {
                    continue;
                }
                let Some(at) = target.ephemeral.or(stack.ephemeral).map(|ports| ports.at) else { continue };
                let (here, there) = (range(stack), range(target));
                let mut report = Report::new(
                    &RULE,
                    at,
                    format!(
                        "{} has EPHEMERALPORTS {} {} and {} has {} {}, and they share the ports of {}",
                        target.name(),
                        there.0,
                        there.1,
                        stack.name(),
                        here.0,
                        here.1,
                        distribution.dvipa
                    ),
                )
                .related(distribution.at, "distributed with SYSPLEXPORTS")
                .note("each gets blocks of ports within its own range; write the same range on all stacks")
                .stack(stack.name())
                .stack(target.name());
                if let (Some(_), Some(own)) = (target.ephemeral, stack.ephemeral) {
                    report = report.related(own.at, format!("range of {}", stack.name()));
                }
                out.push(report);
            }
        }
    }
}

fn range(stack: &Summary) -> (u16, u16) {
    stack.ephemeral.map_or((1024, 65_535), |ports| (ports.low, ports.high))
}
