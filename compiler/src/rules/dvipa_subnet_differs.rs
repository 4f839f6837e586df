//! ## What it finds
//! Two DVIPAs of a group whose masks give subnets of which one contains the other without being equal to it.
//!
//! ## Why it hurts
//! Each DVIPA is announced with its mask. Where masks of one subnet differ, routers learn two networks for the same addresses.
//!
//! ## How to mend it
//! Write the same mask for all DVIPAs of a subnet.
//!
//! ## Source
//! 01:VF-12.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;
use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-subnet-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut nets: BTreeMap<(&str, IpNet), (&Summary, &Dvipa)> = BTreeMap::new();
    for (group, address, holders) in cluster.dvipas() {
        // One mask for each address: where its stacks differ is the case of dvipa-attributes-differ.
        let definer = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define);
        if let Some((stack, dvipa)) = definer.or(holders.first()) {
            let bits = dvipa.bits.filter(|bits| address.is_ipv4() && *bits < 32);
            if let Some(net) = bits.and_then(|bits| IpNet::new(address, bits).ok()) {
                nets.entry((group, net.trunc())).or_insert((stack, dvipa));
            }
        }
    }
    let mut told: BTreeSet<(&str, IpNet)> = BTreeSet::new();
    for ((group, net), (stack, dvipa)) in &nets {
        let wider = (1..net.prefix_len())
            .rev()
            .filter_map(|bits| IpNet::new(net.addr(), bits).ok())
            .map(|net| net.trunc());
        let Some((wide, (other, there))) =
            wider.filter_map(|wide| Some((wide, nets.get(&(*group, wide))?))).next()
        else {
            continue;
        };
        if !told.insert((group, wide)) {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                dvipa.at,
                format!(
                    "{} is in subnet {net} on {}, and {} in {wide} on {}, which contains it",
                    dvipa.address,
                    stack.name(),
                    there.address,
                    other.name()
                ),
            )
            .related(there.at, format!("mask of {} bits on {}", wide.prefix_len(), other.name()))
            .note("all DVIPAs of a subnet are to have one mask, on every stack: it is what routers are told")
            .stack(other.name())
            .stack(stack.name()),
        );
    }
}
