//! ## What it finds
//! A home address that two stacks of a group have.
//!
//! ## Why it hurts
//! The address is on the network twice, and answers come from the wrong stack.
//!
//! ## How to mend it
//! Give one of them another address, or make it a DVIPA that moves between them.
//!
//! ## Source
//! 03:SYS-01.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use std::net::IpAddr;

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-address-elsewhere",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let homes = cluster.homes();
    for group in cluster.groups().keys() {
        for address in homes.shared(group).filter(|address| !local(*address)) {
            let entries = homes.of(group, address, &cluster.stacks);
            let Some((first, others)) = entries.split_first() else { continue };
            for (stack, home) in others.iter().filter(|(stack, _)| stack.name() != first.0.name()) {
                let message = format!(
                    "{} is an address of {} on {} and of {} on {}",
                    home.address,
                    first.1.link,
                    first.0.name(),
                    home.link,
                    stack.name()
                );
                out.push(
                    Report::new(&RULE, home.at, message)
                        .related(first.1.at, format!("on {} here", first.0.name()))
                        .stack(first.0.name())
                        .stack(stack.name()),
                );
            }
        }
    }
}

/// An address that means the stack itself or its neighbours only.
fn local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unicast_link_local(),
    }
}
