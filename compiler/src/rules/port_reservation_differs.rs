//! ## What it finds
//! A distributed port that two targets reserve for different jobs.
//!
//! ## Why it hurts
//! The targets do not serve the same application, or one of them serves nothing.
//!
//! ## How to mend it
//! Write the same PORT entries on every target.
//!
//! An entry that both read from the same place is not reported: there a symbol names the job of each system.
//!
//! ## Source
//! 02:PORT-30, 06:C11.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::Port;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::statements::port::{Reservation, Who};
use crate::statements::vipadistribute::Distribution;
use crate::summary::Summary;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-reservation-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    // Most ports are reserved alike wherever they are: then no targets are looked up.
    let differing: BTreeSet<(&str, u16)> =
        ports.iter().filter(|port| !port.is_alike()).map(Port::key).collect();
    for stack in &cluster.stacks {
        for distribution in &stack.distributions {
            let open = |port: &u16| {
                distribution.foreign_targets || differing.contains(&(stack.setup.group.as_str(), *port))
            };
            let open: Vec<u16> = distribution.ports.iter().copied().filter(open).collect();
            if open.is_empty() {
                continue;
            }
            let targets = cluster.targets(stack, distribution);
            for port in open {
                compare(port, stack, distribution, &targets, out);
            }
        }
    }
}

fn compare(
    port: u16,
    owner: &Summary,
    distribution: &Distribution,
    targets: &[&Summary],
    out: &mut Vec<Report>,
) {
    let mut first: Option<(&Summary, Vec<&Reservation>)> = None;
    for target in targets {
        let here: Vec<&Reservation> = target
            .ports
            .with(key(port))
            .map(|known| &**known)
            .filter(|known| known.tcp && known.port == port)
            .collect();
        let Some(example) = here.first() else { continue };
        let Some((known, reservations)) = &first else {
            first = Some((target, here));
            continue;
        };
        if known.name() == target.name()
            || jobs(reservations) == jobs(&here)
            || places(reservations) == places(&here)
        {
            continue;
        }
        let Some(other) = reservations.first() else { continue };
        out.push(
            Report::new(
                &RULE,
                example.who_at(),
                format!(
                    "port {port} of {} is reserved for {} on {} and for {} on {}",
                    distribution.dvipa,
                    jobs(&here).join(", "),
                    target.name(),
                    jobs(reservations).join(", "),
                    known.name()
                ),
            )
            .related(other.who_at(), format!("reserved on {}", known.name()))
            .related(distribution.ports_at, format!("distributed by {}", owner.name()))
            .note("every target of a distributed port should reserve it for the same jobs")
            .missing(&["port-number"], port)
            .stack(known.name())
            .stack(target.name()),
        );
    }
}

fn places(reservations: &[&Reservation]) -> BTreeSet<At> {
    reservations.iter().map(|reservation| reservation.who_at()).collect()
}

fn jobs(reservations: &[&Reservation]) -> Vec<String> {
    let mut jobs: Vec<String> = reservations
        .iter()
        .map(|reservation| match &reservation.who {
            Who::Reserved => "RESERVED".to_owned(),
            Who::Job(job) => job.to_string(),
        })
        .collect();
    jobs.sort();
    jobs.dedup();
    jobs
}
