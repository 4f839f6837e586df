//! ## What it finds
//! A distributed port that some targets reserve by PORT, and one target does not reserve at all.
//!
//! ## Why it hurts
//! On that target any job may take the port first, or it is handed out as an ephemeral port; the server then fails to start there, and the
//! target gets no connections.
//!
//! ## How to mend it
//! Write the same PORT entries on every target, best in one data set that all of them INCLUDE.
//!
//! ## Source
//! 06:C11, 02:PORT-30.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::Port;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-target-unreserved",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Ports(check),
};

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    for port in ports {
        if cluster.members(port.key().0).count() == port.holders() {
            continue;
        }
        let Some((known, reservations)) = port.held(cluster).first() else { continue };
        let Some(there) = reservations.first() else { continue };
        let held: BTreeSet<&str> = port.held(cluster).iter().map(|(stack, _)| stack.name()).collect();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (owner, distribution) in &port.by {
            for target in cluster.targets(owner, distribution) {
                let ranges = || {
                    target
                        .port_ranges
                        .iter()
                        .any(|range| range.tcp && range.first <= port.number && port.number <= range.last)
                };
                if held.contains(target.name()) || ranges() || !told.insert(target.name()) {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        distribution.ports_at,
                        format!("port {} of {} is distributed to {}, which does not reserve it as {} does", port.number, distribution.dvipa, target.name(), known.name()),
                    )
                    .related(there.at, format!("reserved on {}", known.name()))
                    .note(format!("on {} any job may take the port, also as an ephemeral one; the server then cannot start there", target.name()))
                    .note("write the same PORT entries on every target, best in one data set that all INCLUDE")
                    .stack(owner.name())
                    .stack(target.name()),
                );
            }
        }
    }
}
