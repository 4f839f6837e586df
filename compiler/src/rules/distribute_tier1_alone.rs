//! ## What it finds
//! A TIER1 group name that no TIER2 statement of the sysplex has.
//!
//! ## Why it hurts
//! The name ties the two tiers together and has no effect while nobody else has it; often it is misspelt on one side.
//!
//! ## How to mend it
//! Write the same name on TIER1 and TIER2.
//!
//! ## Source
//! 01:VI-10.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::description::nearest;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-tier1-alone",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE TIER2"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let all = || {
        cluster
            .stacks
            .iter()
            .flat_map(|stack| stack.distributions.iter().map(move |distribution| (stack, distribution)))
    };
    let of = |tier: u8| {
        all().filter_map(move |(_, distribution)| {
            let known = distribution.tier_group.as_ref()?;
            distribution.tier.is_some_and(|coded| coded.value == tier).then_some(known.name.as_str())
        })
    };
    let second: BTreeSet<&str> = of(2).collect();
    if second.is_empty() {
        return;
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (stack, distribution) in
        all().filter(|(_, distribution)| distribution.tier.is_some_and(|tier| tier.value == 1))
    {
        let Some(group) = &distribution.tier_group else { continue };
        if second.contains(group.name.as_str()) || !told.insert(&group.name) {
            continue;
        }
        let names: Vec<&str> = second.iter().copied().collect();
        let advice = match nearest(&group.name, second.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("groups of TIER2: {}", names.join(", ")),
        };
        out.push(
            Report::new(
                &RULE,
                group.at,
                format!("no TIER2 statement has the group {} of this TIER1", group.name),
            )
            .note("the name has no effect: tier 1 does not learn from this group which targets have room in tier 2")
            .note(advice)
            .stack(stack.name()),
        );
    }
}
