//! ## What it finds
//! SYSPLEXPORTS for a DVIPA of which only ports 80 and 443 are distributed, that is no source address of any stack and that no PORT binds a
//! server to.
//!
//! ## Why it hurts
//! Nothing needs it, but each stack asks the coupling facility for ports, and it cannot be taken off while the DVIPA is distributed.
//!
//! ## How to mend it
//! Take SYSPLEXPORTS out, unless a server hands further ports of the DVIPA to its clients or connects from it.
//!
//! ## Source
//! 06:C6, 06:C5.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::Distribution;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplexports-for-web",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut all: BTreeMap<(&str, IpAddr), Vec<(&Summary, &Distribution)>> = BTreeMap::new();
    for stack in &cluster.stacks {
        let group = stack.setup.group.as_str();
        for distribution in &stack.distributions {
            all.entry((group, distribution.dvipa)).or_default().push((stack, distribution));
        }
    }
    let used = |group: &str, address: IpAddr| {
        cluster.members(group).any(|stack| {
            stack.sources.iter().any(|source| source.address == address)
                || stack.stack_source.is_some_and(|(source, _)| source == address)
                || stack.bound.iter().any(|port| port.bind == Some(address))
        })
    };
    for ((group, address), list) in all {
        let web =
            |ports: &BTreeSet<u16>| !ports.is_empty() && ports.iter().all(|port| matches!(port, 80 | 443));
        if !list.iter().all(|(_, distribution)| web(&distribution.ports)) {
            continue;
        }
        let Some((stack, at)) =
            list.iter().find_map(|(stack, distribution)| Some((stack, distribution.sysplex_ports?)))
        else {
            continue;
        };
        if used(group, address) {
            continue;
        }
        out.push(
            Report::new(&RULE, at, format!("SYSPLEXPORTS of {address} serves nothing: only web ports are distributed, and no stack connects from it"))
                .note("it keeps the ports apart that stacks open on the DVIPA themselves, and needs the EZBEPORT structure for that")
                .note("take it out, unless a server connects from the DVIPA or hands further ports of it to its clients")
                .stack(stack.name()),
        );
    }
}
