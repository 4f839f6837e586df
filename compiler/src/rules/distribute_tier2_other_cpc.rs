//! ## What it finds
//! A TIER2 DVIPA with CPCSCOPE that is distributed by DESTIP to a stack of another CPC.
//!
//! ## Why it hurts
//! The second tier of a CPC serves what the first tier sent to that CPC. With DESTIP ALL the stack leaves the others out by itself; a list says
//! what is not meant.
//!
//! ## How to mend it
//! Name targets of the distributor's CPC only, or write DESTIP ALL.
//!
//! ## Source
//! 01:VI-06, 01:VF-05.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::Targets;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-tier2-other-cpc",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        let Some(cpc) = &stack.setup.cpc else { continue };
        let second = |tier: u8| tier == 2;
        for distribution in stack
            .distributions
            .iter()
            .filter(|distribution| distribution.tier.is_some_and(|tier| second(tier.value)))
        {
            let Some(dvipa) = stack.dvipa(distribution.dvipa).filter(|dvipa| dvipa.cpc_scope) else {
                continue;
            };
            let Targets::List(targets) = &distribution.targets else { continue };
            for target in targets {
                let Some(other) = cluster.by_xcf(&stack.setup.group, target.xcf) else { continue };
                let Some(there) = other.setup.cpc.as_ref().filter(|there| *there != cpc) else { continue };
                out.push(
                    Report::new(
                        &RULE,
                        target.at,
                        format!("target {} of the CPCSCOPE DVIPA {} is {} on {there}, not on {cpc}", target.xcf, dvipa.address, other.name()),
                    )
                    .related(dvipa.at, format!("CPCSCOPE on {}", stack.name()))
                    .note("tier 2 of a CPC is for connections that tier 1 sent to that CPC; DESTIP ALL would leave this stack out")
                    .note(format!("name targets on {cpc} only"))
                    .stack(stack.name())
                    .stack(other.name()),
                );
            }
        }
    }
}
