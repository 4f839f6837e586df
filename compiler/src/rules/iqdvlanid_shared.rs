//! ## What it finds
//! Stacks of different subplexes on one CPC, with dynamic XCF and the same IQDVLANID, or none on both.
//!
//! ## Why it hurts
//! Their HiperSockets for dynamic XCF are not kept apart, though the subplexes are to know nothing of each other.
//!
//! ## How to mend it
//! Give each subplex of a CPC an IQDVLANID of its own.
//!
//! ## Source
//! 02:GLOB-10.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "iqdvlanid-shared",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG IQDVLANID"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (index, stack) in cluster.stacks.iter().enumerate() {
        let (Some(group), Some(cpc)) = (stack.global.group, &stack.setup.cpc) else { continue };
        let vlan = stack.global.vlan.map(|vlan| vlan.value);
        let first = cluster.stacks.iter().take(index).find(|first| {
            first.setup.cpc.as_ref() == Some(cpc)
                && first.global.group.is_some_and(|other| other.value != group.value)
                && first.global.vlan.map(|vlan| vlan.value) == vlan
                && !first.xcf.is_empty()
        });
        let Some(first) = first.filter(|_| !stack.xcf.is_empty()) else { continue };
        let same =
            vlan.map_or("neither has IQDVLANID".to_owned(), |vlan| format!("both have IQDVLANID {vlan}"));
        let at = stack.global.vlan.map_or(group.at, |vlan| vlan.at);
        out.push(
            Report::new(
                &RULE,
                at,
                format!(
                    "{} and {} are in different subplexes of {cpc}, and {same}",
                    first.name(),
                    stack.name()
                ),
            )
            .note("IQDVLANID keeps the HiperSockets of subplexes apart; give each subplex its own")
            .stack(first.name())
            .stack(stack.name()),
        );
    }
}
