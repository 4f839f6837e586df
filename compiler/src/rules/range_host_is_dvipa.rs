//! ## What it finds
//! A VIPARANGE of a single address that a stack of the group has by VIPADEFINE or VIPABACKUP.
//!
//! ## Why it hurts
//! The range cannot serve: while the address is configured on a stack, a bind on another one and an ioctl on any fail.
//!
//! ## How to mend it
//! Take the range out, or the VIPADEFINE if an application is to bring the address up.
//!
//! ## Source
//! 06:B11, 04:1.10, 01:VD-11.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::{Dvipa, statement};
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "range-host-is-dvipa",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut dvipas: BTreeMap<(&str, IpAddr), (&Summary, &Dvipa)> = BTreeMap::new();
    for (group, address, holders) in cluster.dvipas() {
        if let Some((stack, dvipa)) = holders.first() {
            dvipas.insert((group, address), (stack, dvipa));
        }
    }
    for stack in &cluster.stacks {
        for range in
            stack.ranges.iter().filter(|range| range.subnet.prefix_len() == range.subnet.max_prefix_len())
        {
            let address = range.subnet.addr();
            let Some((other, dvipa)) = dvipas.get(&(stack.setup.group.as_str(), address)) else { continue };
            let word = statement(dvipa.origin);
            out.push(
                Report::new(
                    &RULE,
                    range.at,
                    format!("VIPARANGE {address} on {} is a single address that {} has by {word}", stack.name(), other.name()),
                )
                .related(dvipa.at, format!("{word} on {}", other.name()))
                .note("an address comes from a range or from VIPADEFINE, never from both: a bind on another stack fails with EADDRNOTAVAIL, an ioctl on any")
                .note(format!("take the range out, or the {word} if an application is to bring {address} up"))
                .stack(other.name())
                .stack(stack.name()),
            );
        }
    }
}
