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
use crate::summary::Summary;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-target-unreserved",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    for port in ports {
        let (group, number) = port.key();
        if port.holders() == 0 || cluster.members(group).count() == port.holders() {
            continue;
        }
        // Only the first and the targets are looked at: a list that is lost leaves a gap for each of its ports.
        let reserves = |stack: &'c Summary| {
            stack.ports.in_order(key(number)).find(|known| known.tcp && known.port == number)
        };
        let first = cluster.members(group).find_map(|stack| Some((stack, reserves(stack)?)));
        let Some((known, there)) = first else { continue };
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (owner, distribution) in &port.by {
            for target in cluster.targets(owner, distribution) {
                let ranges = || {
                    target
                        .port_ranges
                        .iter()
                        .any(|range| range.tcp && range.first <= port.number && port.number <= range.last)
                };
                if reserves(target).is_some() || ranges() || !told.insert(target.name()) {
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
                    .missing(&["port-number"], port.number)
                    .stack(owner.name())
                    .stack(target.name()),
                );
            }
        }
    }
}
