//! ## What it finds
//! Two stacks that back up one DVIPA with the same rank.
//!
//! ## Why it hurts
//! Which of them takes the address over is not documented; it may depend on who joined first.
//!
//! ## How to mend it
//! Give each backup a rank of its own, 1 to 254, the highest first.
//!
//! ## Source
//! 01:VB-10, 01:VB-11, 04:1.3.

use runtime_model::model::DvipaOrigin;
use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-backup-rank-equal",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let mut ranks: BTreeMap<u8, (&Summary, &Dvipa)> = BTreeMap::new();
        for (stack, dvipa) in holders {
            let DvipaOrigin::Backup(rank) = dvipa.origin else { continue };
            let Some((first, known)) = ranks.get(&rank) else {
                ranks.insert(rank, (stack, dvipa));
                continue;
            };
            out.push(
                Report::new(
                    &RULE,
                    dvipa.rank_at,
                    format!(
                        "{} backs up {address} with rank {rank}, and so does {}",
                        stack.name(),
                        first.name()
                    ),
                )
                .related(known.rank_at, format!("rank {rank} on {}", first.name()))
                .note("when the owner goes, which of the two takes over is not documented")
                .note(free_ranks(&ranks, rank))
                .assumes("equal-rank-by-order")
                .stack(first.name())
                .stack(stack.name()),
            );
        }
    }
}

fn free_ranks(taken: &BTreeMap<u8, (&Summary, &Dvipa)>, rank: u8) -> String {
    let lower = (1..rank).rev().find(|free| !taken.contains_key(free));
    let higher = (rank..=253).map(|rank| rank + 1).find(|free| !taken.contains_key(free));
    match (higher, lower) {
        (Some(higher), Some(lower)) => {
            format!("give one of them another rank: {higher} to come before, {lower} to come after")
        }
        (Some(free), None) | (None, Some(free)) => {
            format!("give one of them another rank, for instance {free}")
        }
        (None, None) => "give one of them another rank".to_owned(),
    }
}
