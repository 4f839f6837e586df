//! ## What it finds
//! A stack that may take a distributed DVIPA over and has no VIPAROUTE for a target for which the owner has one.
//!
//! ## Why it hurts
//! After a takeover the new distributor sends to that target over the dynamic XCF links instead of the network.
//!
//! ## How to mend it
//! Write the VIPAROUTE statements on every stack that may distribute, best in one data set that all INCLUDE.
//!
//! ## Source
//! 01:VO-01, 01:VO-03.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparoute-backup-missing",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPAROUTE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let routes: BTreeMap<&str, BTreeSet<IpAddr>> = cluster
        .stacks
        .iter()
        .map(|stack| (stack.name(), stack.routes.iter().map(|route| route.xcf).collect()))
        .collect();
    if routes.values().all(BTreeSet::is_empty) {
        return;
    }
    let none = BTreeSet::new();
    let of = |name: &str| routes.get(name).unwrap_or(&none);
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (_, address, holders) in cluster.dvipas() {
        let Some((owner, _)) = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define) else {
            continue;
        };
        if of(owner.name()).is_empty() {
            continue;
        }
        for (stack, backup) in holders.iter().filter(|(_, dvipa)| dvipa.origin != DvipaOrigin::Define) {
            if told.contains(&(owner.name(), stack.name()))
                || !owner.distributions.with(key(address)).any(|known| known.dvipa == address)
            {
                continue;
            }
            told.insert((owner.name(), stack.name()));
            // A stack needs no route to itself.
            let missing: Vec<IpAddr> = of(owner.name())
                .difference(of(stack.name()))
                .copied()
                .filter(|xcf| !stack.has_xcf(*xcf))
                .collect();
            let Some(first) = missing.first() else { continue };
            let Some(route) = owner.routes.iter().find(|route| route.xcf == *first) else { continue };
            out.push(
                Report::new(
                    &RULE,
                    backup.at,
                    format!(
                        "{} backs up {address} but has no VIPAROUTE {first}, as its owner {} has",
                        stack.name(),
                        owner.name()
                    ),
                )
                .related(route.at, format!("VIPAROUTE on {}", owner.name()))
                .note(format!(
                    "after a takeover {} sends to that target over dynamic XCF links",
                    stack.name()
                ))
                .note("write the same VIPAROUTE statements on every stack that may distribute")
                .stack(owner.name())
                .stack(stack.name()),
            );
        }
    }
}
