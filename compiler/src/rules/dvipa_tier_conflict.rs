//! ## What it finds
//! One DVIPA that two stacks define for different uses: another tier, or CPCSCOPE on one of them only.
//!
//! ## Why it hurts
//! The stack that starts second deletes all that it has for the DVIPA, its VIPADISTRIBUTE too.
//!
//! ## How to mend it
//! Write the same tier and CPCSCOPE on both, and only one VIPADEFINE.
//!
//! ## Source
//! 01:VF-15.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-tier-conflict",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let mut definers = holders.iter().filter(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define);
        let Some((first, known)) = definers.next() else { continue };
        for (stack, dvipa) in definers {
            let apart =
                matches!((&first.setup.cpc, &stack.setup.cpc), (Some(one), Some(other)) if one != other);
            if apart || usage(known) == usage(dvipa) {
                continue;
            }
            out.push(
                Report::new(
                    &RULE,
                    dvipa.at,
                    format!(
                        "{address} is defined with {} on {} and with {} on {}",
                        usage(known),
                        first.name(),
                        usage(dvipa),
                        stack.name()
                    ),
                )
                .related(known.at, format!("{} defines it here", first.name()))
                .note("whichever of the two starts second deletes all its definitions for the DVIPA, VIPADISTRIBUTE included")
                .note("write the same tier and CPCSCOPE on both, and VIPABACKUP in place of the second VIPADEFINE")
                .stack(first.name())
                .stack(stack.name()),
            );
        }
    }
}

fn usage(dvipa: &Dvipa) -> String {
    match (dvipa.tier, dvipa.cpc_scope) {
        (Some(tier), true) => format!("TIER{tier} CPCSCOPE"),
        (Some(tier), false) => format!("TIER{tier}"),
        (None, true) => "CPCSCOPE".to_owned(),
        (None, false) => "no tier".to_owned(),
    }
}
