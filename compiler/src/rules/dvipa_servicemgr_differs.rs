//! ## What it finds
//! A backup that may activate a DVIPA first and has SERVICEMGR when the owner has not, or the other way round.
//!
//! ## Why it hurts
//! After a takeover the forwarding agents are told of the address, or are not, unlike before.
//!
//! ## How to mend it
//! Write SERVICEMGR on both or on neither.
//!
//! ## Source
//! 04:1.3, 01:VB-09.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-servicemgr-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let Some((owner, defined)) = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define)
        else {
            continue;
        };
        for (stack, backup) in holders
            .iter()
            .filter(|(_, dvipa)| dvipa.origin != DvipaOrigin::Define && dvipa.moveable.is_some())
        {
            if backup.service_manager == defined.service_manager {
                continue;
            }
            let (with, without) = if backup.service_manager { (stack, owner) } else { (owner, stack) };
            out.push(
                Report::new(
                    &RULE,
                    backup.at,
                    format!("{address} has SERVICEMGR on {} and not on {}", with.name(), without.name()),
                )
                .related(defined.at, format!("defined on {}", owner.name()))
                .note(format!("forwarding agents know the address only while {} has it", with.name()))
                .note("write SERVICEMGR on both or on neither")
                .missing(super::DVIPA, address)
                .stack(owner.name())
                .stack(stack.name()),
            );
        }
    }
}
