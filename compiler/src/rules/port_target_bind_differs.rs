//! ## What it finds
//! A distributed port that PORT binds to different addresses on two targets, or on one of them only.
//!
//! ## Why it hurts
//! The servers do not listen for the same: where BIND names another address, connections to the DVIPA meet no listener.
//!
//! ## How to mend it
//! Write the same BIND on every target, with the DVIPA or without any.
//!
//! ## Source
//! 02:PORT-30.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::{Held, Port};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Reservation;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-target-bind-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    let binds = |here: &[&Reservation]| -> BTreeSet<Option<IpAddr>> {
        here.iter().map(|reservation| reservation.bind).collect()
    };
    for port in ports {
        let pair = |held: &[&Held<'_>]| -> Option<_> {
            let (first, others) = held.split_first()?;
            let differs = |here: &[&Reservation]| match (&*first.1, here) {
                ([first], [here]) => first.bind != here.bind,
                (first, here) => binds(first) != binds(here),
            };
            let other = others.iter().find(|(_, here)| differs(here))?;
            let known = binds(&first.1);
            // A stack of its own address for each server is as it should be, unless one that should have the DVIPA has it not.
            Some((
                first.0.name().to_owned(),
                known,
                first.1.first()?.at,
                other.0.name().to_owned(),
                binds(&other.1),
                other.1.first()?.at,
            ))
        };
        let Some((owner, distribution, (first, known, there, stack, here, at))) = port.first(cluster, pair)
        else {
            continue;
        };
        let serves = |binds: &BTreeSet<Option<IpAddr>>| {
            binds.contains(&None) || binds.contains(&Some(distribution.dvipa))
        };
        if serves(&known) && serves(&here) {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                at,
                format!(
                    "port {} of {} is bound to {} on {stack} and to {} on {first}",
                    port.number,
                    distribution.dvipa,
                    words(&here),
                    words(&known)
                ),
            )
            .related(there, format!("reserved on {first}"))
            .related(distribution.ports_at, format!("distributed by {}", owner.name()))
            .note("a target gets connections only for servers that listen on the DVIPA or on every address")
            .note("write the same BIND on every target: the DVIPA, or none")
            .missing(&["port-number"], port.number)
            .stack(&first)
            .stack(&stack),
        );
    }
}

fn words(binds: &BTreeSet<Option<IpAddr>>) -> String {
    let words: Vec<String> =
        binds.iter().map(|bind| bind.map_or("no address".to_owned(), |bind| bind.to_string())).collect();
    words.join(", ")
}
