//! ## What it finds
//! A port that is distributed by SERVERWLM and reserved with SHAREPORT on a target.
//!
//! ## Why it hurts
//! Between stacks the weights of WLM count, within the stack only how quickly each server accepts.
//!
//! ## How to mend it
//! Write SHAREPORTWLM in place of SHAREPORT.
//!
//! ## Source
//! 02:PORT-31.

use std::collections::BTreeSet;

use runtime_model::model::Method;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::{Held, Port};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-target-sharewlm",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    for port in ports {
        let plain = |(_, here): &&Held<'_>| {
            here.iter().any(|reservation| reservation.share)
                && !here.iter().any(|reservation| reservation.share_wlm)
        };
        if !port.is_shared_plainly() {
            continue;
        }
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (owner, distribution) in
            port.by.iter().filter(|(_, distribution)| distribution.method == Method::ServerWlm)
        {
            let targets: BTreeSet<&str> =
                cluster.targets(owner, distribution).iter().map(|target| target.name()).collect();
            for (stack, here) in
                port.held(cluster).iter().filter(plain).filter(|(stack, _)| targets.contains(stack.name()))
            {
                let Some(reservation) = here.iter().find(|reservation| reservation.share) else { continue };
                if !told.insert(stack.name()) {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        reservation.at,
                        format!("port {} of {} is distributed by SERVERWLM, but {} shares it by SHAREPORT, without the weights of WLM", port.number, distribution.dvipa, stack.name()),
                    )
                    .related(distribution.at, format!("distributed by {}", owner.name()))
                    .note("SHAREPORTWLM chooses among the servers of the stack by the same weights; SHAREPORT by how quickly they accept")
                    .note("write SHAREPORTWLM here")
                    .missing(&["port-number"], port.number)
                    .stack(stack.name()),
                );
            }
        }
    }
}
