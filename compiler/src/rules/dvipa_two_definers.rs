//! ## What it finds
//! One DVIPA defined by VIPADEFINE on two stacks of a sysplex.
//!
//! ## Why it hurts
//! Both want to own it: whichever reads its profile last has it, so a restart moves it.
//!
//! ## How to mend it
//! Keep one VIPADEFINE and write VIPABACKUP on the other stacks.
//!
//! ## Source
//! 04 1.11, 06:A2.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-two-definers",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let definers: Vec<_> = holders
            .iter()
            .filter(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define && !dvipa.cpc_scope)
            .collect();
        let Some((first, others)) = definers.split_first() else { continue };
        for (stack, dvipa) in others {
            let names = Cluster::names([first.0, *stack]);
            out.push(
                Report::new(
                    &RULE,
                    dvipa.at,
                    format!(
                        "{address} is defined by VIPADEFINE on {} and on {}",
                        first.0.name(),
                        stack.name()
                    ),
                )
                .related(first.1.at, format!("{} defines it here", first.0.name()))
                .note(format!("both want to own it, so the order in which {names} start decides who does"))
                .note("keep one VIPADEFINE and write VIPABACKUP with a rank on the other stacks")
                .stack(first.0.name())
                .stack(stack.name()),
            );
        }
    }
}
