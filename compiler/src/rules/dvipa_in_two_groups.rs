//! ## What it finds
//! A DVIPA that stacks of two XCF groups have.
//!
//! ## Why it hurts
//! For the stacks the two are different things, so each group activates the address; on the network it is a duplicate.
//!
//! ## How to mend it
//! Give one of the groups another address.
//!
//! ## Source
//! 04:1.1, 02:9.5.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-in-two-groups",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut known: BTreeMap<IpAddr, (&str, &Summary, &Dvipa)> = BTreeMap::new();
    for (group, address, holders) in cluster.dvipas() {
        let Some((stack, dvipa)) = holders.first() else { continue };
        let Some((other_group, other, there)) = known.get(&address) else {
            known.insert(address, (group, stack, dvipa));
            continue;
        };
        out.push(
            Report::new(
                &RULE,
                dvipa.at,
                format!(
                    "{address} is a DVIPA of {} in group {group} and of {} in group {other_group}",
                    stack.name(),
                    other.name()
                ),
            )
            .related(there.at, format!("of {} in {other_group}", other.name()))
            .note("stacks of different groups know nothing of each other: both activate the address, and the network has it twice")
            .note("give one of them another address, or put the stacks into one group")
            .stack(other.name())
            .stack(stack.name()),
        );
    }
}
