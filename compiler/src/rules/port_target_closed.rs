//! ## What it finds
//! A distributed port that a target reserves for nobody, with RESERVED.
//!
//! ## Why it hurts
//! No server can listen on the port there, so the target never gets a connection.
//!
//! ## How to mend it
//! Name the server's job in place of RESERVED, or take the stack out of DESTIP.
//!
//! ## Source
//! 04:4.3, 02:PORT-30.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::Port;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Who;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-target-closed",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    for port in ports {
        if !port.is_closed_somewhere() {
            continue;
        }
        let closed: Vec<_> = port
            .held(cluster)
            .iter()
            .filter(|(_, here)| here.iter().all(|reservation| reservation.who == Who::Reserved))
            .collect();
        if closed.is_empty() {
            continue;
        }
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (owner, distribution) in &port.by {
            let targets: BTreeSet<&str> =
                cluster.targets(owner, distribution).iter().map(|target| target.name()).collect();
            for (stack, here) in closed.iter().filter(|(stack, _)| targets.contains(stack.name())) {
                let Some(reservation) = here.first() else { continue };
                if !told.insert(stack.name()) {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        reservation.who_at(),
                        format!(
                            "port {} of {} is distributed to {}, where RESERVED closes it to every job",
                            port.number,
                            distribution.dvipa,
                            stack.name()
                        ),
                    )
                    .related(distribution.ports_at, format!("distributed by {}", owner.name()))
                    .note("no server can bind to it there, so this target never gets a connection")
                    .note("name the server's job in place of RESERVED, or take the stack out of DESTIP")
                    .missing(&["port-number"], port.number)
                    .stack(owner.name())
                    .stack(stack.name()),
                );
            }
        }
    }
}
