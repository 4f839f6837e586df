//! ## What it finds
//! A VIPARANGE that covers a home address of a stack of the sysplex.
//!
//! ## Why it hurts
//! An application that binds to such an address makes a DVIPA of it; the adapters then send its packets to that
//! stack, and the owner is cut off.
//!
//! ## How to mend it
//! Choose a range without addresses of interfaces.
//!
//! ## Source
//! 03:SYS-02, 06:B6.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "range-covers-home",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let homes = cluster.homes();
    for (group, stacks) in cluster.groups() {
        if stacks.iter().all(|stack| stack.ranges.is_empty()) {
            continue;
        }
        let ranges = stacks.iter().flat_map(|stack| stack.ranges.iter().map(move |range| (stack, range)));
        for (stack, range) in ranges {
            let first = homes.from(group, range.subnet.network());
            let Some(address) = first.filter(|address| range.subnet.contains(address)) else { continue };
            let entries = homes.of(group, address, &cluster.stacks);
            let Some((other, home)) = entries.first() else { continue };
            let message = format!(
                "range {} covers {}, an address of {} on {}",
                range.subnet,
                home.address,
                home.link,
                other.name()
            );
            out.push(
                Report::new(&RULE, range.at, message)
                    .related(home.at, format!("{} of {}", home.link, other.name()))
                    .note("an application that binds to the address would take it away from its interface")
                    .stack(stack.name())
                    .stack(other.name()),
            );
        }
    }
}
