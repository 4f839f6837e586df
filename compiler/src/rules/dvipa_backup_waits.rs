//! ## What it finds
//! A VIPABACKUP without MOVEABLE on a stack whose PORT binds a server to that DVIPA.
//!
//! ## Why it hurts
//! Such a backup never activates the address first. If it starts before the owner after an outage of the whole sysplex, the server's bind fails
//! with EADDRNOTAVAIL, reason 744C7230, and the server is not there when the address comes.
//!
//! ## How to mend it
//! Write VIPABACKUP with MOVEABLE IMMEDIATE and the mask of the VIPADEFINE.
//!
//! ## Source
//! 06:A1, 01:VB-04.

use std::collections::BTreeMap;
use std::net::IpAddr;

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;
use crate::statements::port::{Reservation, Who};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-backup-waits",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut owners: BTreeMap<(&str, IpAddr), &str> = BTreeMap::new();
    for (group, address, holders) in cluster.dvipas() {
        if let Some((owner, _)) = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define) {
            owners.insert((group, address), owner.name());
        }
    }
    for stack in &cluster.stacks {
        let waits = |dvipa: &&Dvipa| dvipa.origin != DvipaOrigin::Define && dvipa.moveable.is_none();
        let waiting: Vec<&Dvipa> = stack.dvipas.iter().filter(waits).collect();
        if waiting.is_empty() {
            continue;
        }
        let mut bound: BTreeMap<IpAddr, &Reservation> = BTreeMap::new();
        for reservation in &stack.bound {
            if let Some(address) = reservation.bind {
                bound.entry(address).or_insert(reservation);
            }
        }
        for dvipa in waiting {
            let Some(reservation) = bound.get(&dvipa.address) else { continue };
            let Some(owner) = owners.get(&(stack.setup.group.as_str(), dvipa.address)) else { continue };
            let Who::Job(job) = &reservation.who else { continue };
            out.push(
                Report::new(
                    &RULE,
                    dvipa.at,
                    format!("{job} cannot bind to {} on {} before {owner} is up: this VIPABACKUP has no MOVEABLE", dvipa.address, stack.name()),
                )
                .related(reservation.bind_at(), format!("PORT {} binds {job} to it", reservation.port))
                .note("without MOVEABLE a backup takes an address over, but never activates it first: the bind fails with EADDRNOTAVAIL, reason 744C7230")
                .note("write VIPABACKUP rank MOVEABLE IMMEDIATE mask address")
                .stack(stack.name()),
            );
        }
    }
}
