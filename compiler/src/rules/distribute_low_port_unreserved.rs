//! ## What it finds
//! A distributed port below 1024 that no PORT and no PORTRANGE reserves on a target with TCPCONFIG RESTRICTLOWPORTS.
//!
//! ## Why it hurts
//! Only a job with APF authority or UID 0 can bind to it there; any other server gets EACCES.
//!
//! ## How to mend it
//! Reserve the port for the server on each target.
//!
//! ## Source
//! 06:D15, 02:TCPC-10, 04:4.1.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-low-port-unreserved",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for port in distributed::ports(cluster).into_iter().filter(|port| port.number < 1024) {
        // Where one target has an entry, the missing one is the case of port-target-unreserved.
        if !port.held.is_empty() {
            continue;
        }
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (owner, distribution) in &port.by {
            for target in cluster.targets(owner, distribution) {
                let Some(at) = target.low_ports.filter(|_| told.insert(target.name())) else { continue };
                if target
                    .port_ranges
                    .iter()
                    .any(|range| range.tcp && range.first <= port.number && port.number <= range.last)
                {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        distribution.ports_at,
                        format!("port {} of {} is distributed to {}, where low ports are restricted and nothing reserves it", port.number, distribution.dvipa, target.name()),
                    )
                    .related(at, format!("RESTRICTLOWPORTS on {}", target.name()))
                    .note("a server without APF authority and UID 0 cannot bind to it: EACCES, permission denied")
                    .note(format!("add `PORT {} TCP job` on every target", port.number))
                    .stack(owner.name())
                    .stack(target.name()),
                );
            }
        }
    }
}
