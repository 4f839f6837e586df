//! ## What it finds
//! Two stacks with the same MAC address behind VMAC.
//!
//! ## Why it hurts
//! On one network a frame for that address reaches one of the two, or both.
//!
//! ## How to mend it
//! Give each stack an address of its own, or write VMAC without one: the adapter makes one up.
//!
//! ## Source
//! 03:SYS-06, 03:VLN-07.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "vmac-elsewhere",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut known: BTreeMap<&str, (&Summary, At)> = BTreeMap::new();
    for stack in &cluster.stacks {
        for (mac, at) in &stack.macs {
            let Some((first, there)) = known.get(mac.as_str()) else {
                known.insert(mac, (stack, *at));
                continue;
            };
            if first.name() == stack.name() {
                continue;
            }
            out.push(
                Report::new(&RULE, *at, format!("VMAC {mac} of {} is the MAC address of {} too", stack.name(), first.name()))
                    .related(*there, format!("VMAC of {}", first.name()))
                    .note("on one network a frame for it reaches only one of the two stacks, or both")
                    .note("give each an address of its own, or write VMAC without one: the adapter then makes one up")
                    .stack(first.name())
                    .stack(stack.name()),
            );
        }
    }
}
