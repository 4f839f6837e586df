//! ## What it finds
//! An interface name as source address, in SRCIP or in TCPSTACKSOURCEVIPA of IPCONFIG6, that names no IPv6 interface of the stack and no IPv6
//! DVIPA of its group.
//!
//! ## Why it hurts
//! The entry gives no address: connections leave from the one that they would have without it.
//!
//! ## How to mend it
//! Write the name of an IPv6 interface of this stack, or of an IPv6 DVIPA that it may have. IPCONFIG6 takes a name where IPCONFIG takes an
//! address.
//!
//! ## Source
//! 02:IPC6-02, 01:SI-08.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::description::nearest;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "source-interface-unknown",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE", "VIPADEFINE", "VIPABACKUP", "VIPARANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, stacks) in cluster.groups() {
        if stacks.iter().all(|stack| stack.nameless.is_empty()) {
            continue;
        }
        let dvipas = stacks
            .iter()
            .flat_map(|stack| stack.dvipas.iter().filter_map(|dvipa| dvipa.interface.as_deref()));
        let ranges = stacks
            .iter()
            .flat_map(|stack| stack.ranges.iter().filter_map(|range| range.interface.as_deref()));
        let shared: BTreeSet<&str> = dvipas.chain(ranges).collect();
        for stack in stacks {
            for (name, statement, at) in
                stack.nameless.iter().filter(|(name, ..)| !shared.contains(name.as_str()))
            {
                let own =
                    stack.home.iter().filter(|home| home.address.is_ipv6()).map(|home| home.link.as_str());
                let known: BTreeSet<&str> = own.chain(shared.iter().copied()).collect();
                let shown: Vec<&str> = known.iter().copied().take(8).collect();
                let advice = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean {near}?"),
                    None if shown.is_empty() => {
                        "there is no IPv6 interface with an address on this stack".to_owned()
                    }
                    None => format!("IPv6 interfaces and DVIPAs: {}", shown.join(", ")),
                };
                out.push(
                    Report::new(&RULE, *at, format!("{name} in {statement} of {} is no IPv6 interface with an address and no IPv6 DVIPA", stack.name()))
                        .note("nothing is chosen by it: connections leave from the address that they would have without it")
                        .note(advice)
                        .stack(stack.name()),
                );
            }
        }
    }
}
