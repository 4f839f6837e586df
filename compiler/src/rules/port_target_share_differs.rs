//! ## What it finds
//! A distributed port that one target reserves with SHAREPORT or SHAREPORTWLM and another without.
//!
//! ## Why it hurts
//! Where it is missing only one server of the target can listen: the second one fails to bind, or the targets have different numbers of servers
//! behind the same share of connections.
//!
//! ## How to mend it
//! Write SHAREPORT or SHAREPORTWLM on every target, or on none. When the numbers of servers differ on purpose, WEIGHTEDACTIVE takes them into
//! account.
//!
//! ## Source
//! 06:C8, 02:PORT-30, 02:PORT-14.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::{Held, Port};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::{Reservation, Who};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-target-share-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    let shared = |here: &[&Reservation]| here.iter().any(|reservation| reservation.share);
    let open = |here: &[&Reservation]| here.iter().any(|reservation| reservation.who != Who::Reserved);
    for port in ports {
        let differ = |held: &[&Held<'_>]| {
            let with = held.iter().position(|(_, here)| shared(here))?;
            let without = held.iter().position(|(_, here)| !shared(here) && open(here))?;
            Some((with, without))
        };
        let pair = |held: &[&Held<'_>]| -> Option<_> {
            let (with, without) = differ(held)?;
            let (with, without) = (held.get(with)?, held.get(without)?);
            Some((
                with.0.name().to_owned(),
                with.1.first()?.at,
                without.0.name().to_owned(),
                without.1.first()?.at,
            ))
        };
        let Some((owner, distribution, (with, with_at, without, at))) = port.first(cluster, pair) else {
            continue;
        };
        out.push(
            Report::new(
                &RULE,
                at,
                format!("port {} of {} is shared by several servers on {with}, but not on {without}", port.number, distribution.dvipa),
            )
            .related(with_at, format!("SHAREPORT on {with}"))
            .related(distribution.ports_at, format!("distributed by {}", owner.name()))
            .note(format!("on {without} a second server cannot bind to the port, and one server gets as many connections as several on {with}"))
            .note("write SHAREPORT or SHAREPORTWLM on every target or on none; WEIGHTEDACTIVE is for numbers of servers that differ on purpose")
            .missing(&["port-number"], port.number)
            .stack(&with)
            .stack(&without),
        );
    }
}
