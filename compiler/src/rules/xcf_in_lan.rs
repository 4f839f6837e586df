//! ## What it finds
//! A dynamic XCF address inside the subnet of an interface of the group.
//!
//! ## Why it hurts
//! The addresses of DESTIP are to be a network of their own. In the network of a LAN they are taken for LAN addresses, and a LAN address is
//! soon written into DESTIP.
//!
//! ## How to mend it
//! Use a subnet for dynamic XCF that no interface has.
//!
//! ## Source
//! 06:A3, 01:IP-14.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "xcf-in-lan",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, stacks) in cluster.groups() {
        let mut nets: BTreeMap<IpNet, (&Summary, &str, At)> = BTreeMap::new();
        for stack in &stacks {
            for (net, name, at) in &stack.nets {
                nets.entry(*net).or_insert((stack, name, *at));
            }
        }
        let mut told: BTreeSet<IpNet> = BTreeSet::new();
        for stack in &stacks {
            for (xcf, at) in &stack.xcf {
                // The widest first: enough for one finding an address.
                let found = (1..=32)
                    .filter_map(|bits| IpNet::new(*xcf, bits).ok())
                    .find_map(|net| nets.get_key_value(&net.trunc()));
                let Some((net, (other, name, there))) = found.filter(|(net, _)| told.insert(**net)) else {
                    continue;
                };
                out.push(
                    Report::new(
                        &RULE,
                        *at,
                        format!(
                            "dynamic XCF address {xcf} of {} is in {net}, the network of {name} on {}",
                            stack.name(),
                            other.name()
                        ),
                    )
                    .related(*there, format!("{name} on {}", other.name()))
                    .note("dynamic XCF is to have a subnet of its own, which all stacks of the group share")
                    .stack(stack.name())
                    .stack(other.name()),
                );
            }
        }
    }
}
