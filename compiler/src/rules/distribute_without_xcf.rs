//! ## What it finds
//! A stack that distributes a DVIPA to other stacks and has no DYNAMICXCF of the family itself.
//!
//! ## Why it hurts
//! Connections travel to the targets over dynamic XCF, which needs it at both ends; those of other stacks get none.
//!
//! ## How to mend it
//! Add IPCONFIG DYNAMICXCF (IPCONFIG6 for IPv6) to the distributor.
//!
//! ## Source
//! 01:VI-05, 01:IP-09, 01:VO-08.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::Targets;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-without-xcf",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        for ipv4 in [true, false] {
            let here = || {
                stack.distributions.iter().filter(move |distribution| {
                    distribution.dvipa.is_ipv4() == ipv4 && !distribution.foreign_targets
                })
            };
            if stack.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == ipv4) {
                continue;
            }
            let others = |targets: &Targets| match targets {
                Targets::All => cluster.setup.described,
                Targets::List(list) => !list.is_empty(),
            };
            let Some(distribution) = here().find(|distribution| others(&distribution.targets)) else {
                continue;
            };
            let what = if ipv4 { "IPCONFIG DYNAMICXCF" } else { "IPCONFIG6 DYNAMICXCF" };
            out.push(
                Report::new(
                    &RULE,
                    distribution.at,
                    format!("{} distributes {} to other stacks but has no {what}", stack.name(), distribution.dvipa),
                )
                .note("targets are reached over dynamic XCF, which both ends need, also where a VIPAROUTE leads to the target")
                .note(format!("add {what} with an address of the common subnet to {}", stack.name()))
                .stack(stack.name()),
            );
        }
    }
}
