//! ## What it finds
//! A VIPAROUTE whose first address is the dynamic XCF address of no stack of the group.
//!
//! ## Why it hurts
//! It chooses the route to a target that does not exist, and the route to the one that was meant stays as it is.
//!
//! ## How to mend it
//! Write the address that the target has on IPCONFIG DYNAMICXCF.
//!
//! ## Source
//! 01:VO-01.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparoute-xcf-unknown",
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
        let group = &stack.setup.group;
        for route in stack.routes.iter().filter(|route| cluster.by_xcf(group, route.xcf).is_none()) {
            let known: Vec<String> = cluster
                .stacks
                .iter()
                .filter(|other| other.setup.group == *group)
                .flat_map(|other| other.xcf.iter().map(move |(xcf, _)| format!("{xcf} ({})", other.name())))
                .collect();
            let report = Report::new(
                &RULE,
                route.at,
                format!("VIPAROUTE names {}, the dynamic XCF address of no stack of the sysplex", route.xcf),
            )
            .missing(super::XCF, route.xcf)
            .stack(stack.name());
            out.push(if known.is_empty() {
                report.note("no stack has IPCONFIG DYNAMICXCF, which every target needs")
            } else {
                report.note(format!("dynamic XCF addresses: {}", known.join(", ")))
            });
        }
    }
}
