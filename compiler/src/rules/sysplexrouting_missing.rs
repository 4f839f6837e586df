//! ## What it finds
//! A target of a distributed DVIPA without SYSPLEXROUTING, when the method asks for weights and other stacks of the group have it.
//!
//! ## Why it hurts
//! The stack tells WLM and the distributor nothing of its capacity; where weights are missing, connections are spread by turns.
//!
//! ## How to mend it
//! Add SYSPLEXROUTING to IPCONFIG of every stack.
//!
//! ## Source
//! 01:VI-23, 01:IP-08, 02:IPC4-16.

use runtime_model::model::Method;
use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::method_word;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplexrouting-missing",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG SYSPLEXROUTING"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for stack in &cluster.stacks {
        for distribution in &stack.distributions {
            let weighs =
                matches!(distribution.method, Method::BaseWlm | Method::ServerWlm | Method::WeightedActive);
            if !weighs || distribution.foreign_targets {
                continue;
            }
            let targets = cluster.targets(stack, distribution);
            let Some(example) = targets.iter().find(|target| target.sysplex_routing) else { continue };
            for target in targets.iter().filter(|target| !target.sysplex_routing) {
                let Some((_, at)) = target.xcf.first().filter(|_| told.insert(target.name())) else {
                    continue;
                };
                out.push(
                    Report::new(
                        &RULE,
                        *at,
                        format!(
                            "{} is a target of {} by {}, but has no SYSPLEXROUTING",
                            target.name(),
                            distribution.dvipa,
                            method_word(distribution.method)
                        ),
                    )
                    .related(distribution.at, format!("distributed by {}", stack.name()))
                    .note(format!(
                        "it reports no weights, though {} does; add SYSPLEXROUTING to its IPCONFIG",
                        example.name()
                    ))
                    .stack(target.name()),
                );
            }
        }
    }
}
