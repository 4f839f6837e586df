//! ## What it finds
//! A DVIPA that is an ordinary home or dynamic XCF address of a stack of the sysplex.
//!
//! ## Why it hurts
//! The same address then exists twice on the network, and answers come from the wrong place.
//!
//! ## How to mend it
//! Give one of them another address.
//!
//! ## Source
//! 04:1.10, 01:VR-05, 06:B6.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-home-elsewhere",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let homes = cluster.homes();
    for (group, address) in cluster.dvipa_addresses() {
        if !homes.has(group, address) && cluster.by_xcf(group, address).is_none() {
            continue;
        }
        let Some((owner, dvipa)) = cluster.holders(group, address).next() else { continue };
        for stack in cluster.members(group) {
            let home = stack
                .home
                .with(key(address))
                .filter(|home| home.address == address)
                .map(|home| (home.at, home.statement));
            let xcf = stack.xcf.iter().filter(|(xcf, _)| *xcf == address).map(|(_, at)| (*at, "DYNAMICXCF"));
            for (at, statement) in home.chain(xcf).filter(|_| stack.name() != owner.name()) {
                out.push(
                    Report::new(
                        &RULE,
                        dvipa.at,
                        format!(
                            "{address} is a DVIPA of {} and an address of {} ({statement})",
                            owner.name(),
                            stack.name()
                        ),
                    )
                    .related(at, format!("an address of {} here", stack.name()))
                    .note("the address would exist twice on the network; give one of them another")
                    .stack(owner.name())
                    .stack(stack.name()),
                );
            }
        }
    }
}
