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
use crate::summary::{HomeAddress, Summary};
use std::collections::BTreeMap;

use std::net::IpAddr;

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
    let mut homes: BTreeMap<(&str, IpAddr), (&Summary, &HomeAddress)> = BTreeMap::new();
    for stack in &cluster.stacks {
        for home in &stack.home {
            homes.entry((&stack.setup.group, home.address)).or_insert((stack.as_ref(), home));
        }
    }
    for stack in &cluster.stacks {
        let group: &str = &stack.setup.group;
        for range in &stack.ranges {
            let covered = (group, range.subnet.network())..=(group, range.subnet.broadcast());
            let Some((_, (other, home))) = homes.range(covered).next() else { continue };
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
