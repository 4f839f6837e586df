//! ## What it finds
//! TCPSTACKSOURCEVIPA with a distributed DVIPA on several stacks, and the DVIPA is distributed without SYSPLEXPORTS.
//!
//! ## Why it hurts
//! Two stacks may choose the same port towards the same server: two connections that the distributor cannot tell apart.
//!
//! ## How to mend it
//! Write SYSPLEXPORTS on the first VIPADISTRIBUTE of the DVIPA.
//!
//! ## Source
//! 01:SI-14, 04:5.8.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "stack-source-without-sysplexports",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut users: BTreeMap<(&str, IpAddr), Vec<(&Summary, At)>> = BTreeMap::new();
    for stack in &cluster.stacks {
        if let Some((address, at)) = stack.stack_source.filter(|_| stack.source_vipa) {
            users.entry((&stack.setup.group, address)).or_default().push((stack, at));
        }
    }
    for ((group, address), stacks) in users {
        let [(first, at), others @ ..] = stacks.as_slice() else { continue };
        let Some((owner, distribution)) =
            cluster.distributions(group, address).next().filter(|_| !others.is_empty())
        else {
            continue;
        };
        if cluster.cluster_ports(group, address) {
            continue;
        }
        let names = Cluster::names(stacks.iter().map(|(stack, _)| *stack));
        let mut report = Report::new(&RULE, *at, format!("{names} all connect from the distributed DVIPA {address}, and nothing keeps their ports apart"))
            .related(distribution.at, format!("distributed by {} without SYSPLEXPORTS", owner.name()))
            .note("two of them may choose the same port towards the same server; answers then reach the wrong stack")
            .note("add SYSPLEXPORTS to the first VIPADISTRIBUTE of the address")
            .stack(first.name());
        for (stack, at) in others {
            report =
                report.related(*at, format!("{} connects from it too", stack.name())).stack(stack.name());
        }
        out.push(report);
    }
}
