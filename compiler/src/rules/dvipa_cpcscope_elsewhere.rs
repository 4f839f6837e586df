//! ## What it finds
//! A DVIPA with CPCSCOPE and a VIPABACKUP for it on a stack of another CPC.
//!
//! ## Why it hurts
//! A CPCSCOPE address stays within its CPC, so this backup never takes it over; often it was copied from a DVIPA of the whole sysplex.
//!
//! ## How to mend it
//! Put the backup on a stack of the same CPC, or take CPCSCOPE out on all stacks.
//!
//! ## Source
//! 01:VF-05, 04:1.3, 06:A9.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-cpcscope-elsewhere",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let scoped = |origin: bool| {
            holders
                .iter()
                .filter(move |(_, dvipa)| dvipa.cpc_scope && (dvipa.origin == DvipaOrigin::Define) == origin)
        };
        let homes: Vec<_> = scoped(true)
            .filter_map(|(stack, dvipa)| Some((stack, dvipa, stack.setup.cpc.as_ref()?)))
            .collect();
        let Some((owner, defined, home)) = homes.first() else { continue };
        for (stack, backup) in scoped(false) {
            let Some(cpc) = &stack.setup.cpc else { continue };
            if homes.iter().any(|(_, _, home)| *home == cpc) {
                continue;
            }
            out.push(
                Report::new(
                    &RULE,
                    backup.at,
                    format!("{} on {cpc} never takes {address} over: it is CPCSCOPE and defined on {} on {home}", stack.name(), owner.name()),
                )
                .related(defined.at, format!("defined with CPCSCOPE on {}", owner.name()))
                .note("a CPCSCOPE DVIPA moves between the stacks of one CPC only; when its owner fails, this backup does nothing")
                .note(format!("put the backup on a stack of {home}, or take CPCSCOPE out on all stacks"))
                .stack(owner.name())
                .stack(stack.name()),
            );
        }
    }
}
