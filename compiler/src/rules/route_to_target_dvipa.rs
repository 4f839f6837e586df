//! ## What it finds
//! A REPLACEABLE static route to a DVIPA that is distributed to this stack.
//!
//! ## Why it hurts
//! The stack has the address itself, as a target. The route is dropped, the others of the block are taken.
//!
//! ## How to mend it
//! Take the route out.
//!
//! ## Source
//! 01:VD-12, 05:7.

use std::net::IpAddr;

use rustc_hash::FxHashSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Effect, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-to-target-dvipa",
    level: Severity::Error,
    message_id: Some("EZZ0687I"),
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let all = cluster.stacks.iter().flat_map(|stack| stack.distributions.iter());
    let distributed: FxHashSet<IpAddr> = all.map(|distribution| distribution.dvipa).collect();
    for stack in &cluster.stacks {
        for (address, at) in stack.host_routes.iter().filter(|(address, _)| distributed.contains(address)) {
            if stack.dvipa(*address).is_some() || !cluster.is_target(stack, *address) {
                continue;
            }
            let owner = cluster.distributions(&stack.setup.group, *address).next();
            let mut report = Report::new(
                &RULE,
                *at,
                format!("{} is a target of {address}, so it takes no REPLACEABLE route to it", stack.name()),
            )
            .note("this route is dropped, the others of the block are taken")
            .note("take it out: the stack has the address itself")
            .stack(stack.name());
            if let Some((owner, distribution)) = owner {
                report = report.related(distribution.at, format!("distributed by {}", owner.name()));
            }
            out.push(report);
        }
    }
}
