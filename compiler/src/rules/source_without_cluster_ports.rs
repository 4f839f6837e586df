//! ## What it finds
//! One source address for applications on several stacks, without cluster-wide ports.
//!
//! ## Why it hurts
//! Two stacks may choose the same port for the same server: two connections with one 4-tuple, and one of them breaks.
//!
//! ## How to mend it
//! Add CLUSTERPORTS to the VIPADEFINE, VIPARANGE or VIPADISTRIBUTE of the address (SYSPLEXPORTS on z/OS).
//!
//! ## Source
//! 001, figure 9 and the text before it; 01:SI-14.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule};
use crate::Dialect;
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::sourceipa::Source;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "source-without-cluster-ports",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE", "GLOBALCONFIG EXPLICITBINDPORTRANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut users: BTreeMap<(&str, IpAddr), Vec<(&Summary, &Source)>> = BTreeMap::new();
    for stack in &cluster.stacks {
        for source in &stack.sources {
            let key = (stack.setup.group.as_str(), source.address);
            let known = users.entry(key).or_default();
            if !known.iter().any(|(other, _)| other.name() == stack.name()) {
                known.push((stack.as_ref(), source));
            }
        }
    }
    for ((group, address), stacks) in users {
        let Some(((first, source), others)) = stacks.split_first() else { continue };
        let founding = first.setup.dialect == Dialect::Founding;
        let shared = cluster.distributions(group, address).next().is_some()
            // In the product one stack at a time has an address of a range, and its ports are its own.
            || founding && stacks.iter().filter(|(stack, _)| stack.range(address).is_some()).count() > 1;
        if others.is_empty() || !shared || cluster.cluster_ports(group, address) {
            continue;
        }
        let names = Cluster::names(stacks.iter().map(|(stack, _)| *stack));
        let mut report = Report::new(
            &RULE,
            source.at,
            format!("{names} all leave from {address}, and nothing keeps their ports apart"),
        )
        .note(
            "two of them may choose the same port towards the same server; the second connection then fails",
        )
        .note(if founding {
            "add CLUSTERPORTS where the address is defined"
        } else {
            "add SYSPLEXPORTS to the first VIPADISTRIBUTE of the address"
        });
        report = report.stack(first.name());
        for (stack, other) in others {
            report =
                report.related(other.at, format!("{} leaves from it too", stack.name())).stack(stack.name());
        }
        out.push(report);
    }
}
