//! ## What it finds
//! A tier 1 target that is not z/OS and lies in the subnet of no CPCSCOPE DVIPA, in a group that has some.
//!
//! ## Why it hurts
//! The distributor finds out by that subnet which CPC an appliance belongs to. One outside belongs to none.
//!
//! ## How to mend it
//! Give the CPCSCOPE DVIPA of the CPC a mask that covers the appliance, or correct the address in DESTIP.
//!
//! ## Source
//! 01:VF-06.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::Targets;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-appliance-subnet",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut scopes: BTreeMap<&str, Vec<IpNet>> = BTreeMap::new();
    for (group, address, holders) in cluster.dvipas() {
        let bits = holders.iter().filter(|(_, dvipa)| dvipa.cpc_scope).find_map(|(_, dvipa)| dvipa.bits);
        if let Some(net) = bits.and_then(|bits| IpNet::new(address, bits).ok()) {
            scopes.entry(group).or_default().push(net.trunc());
        }
    }
    for nets in scopes.values_mut() {
        nets.sort();
        nets.dedup();
    }
    for stack in &cluster.stacks {
        let Some(nets) = scopes.get(stack.setup.group.as_str()) else { continue };
        for distribution in stack.distributions.iter().filter(|distribution| distribution.foreign_targets) {
            let Targets::List(targets) = &distribution.targets else { continue };
            for target in targets.iter().filter(|target| !nets.iter().any(|net| net.contains(&target.xcf))) {
                let shown: Vec<String> = nets.iter().take(8).map(IpNet::to_string).collect();
                out.push(
                    Report::new(
                        &RULE,
                        target.at,
                        format!("target {} of {} is in the subnet of no CPCSCOPE DVIPA", target.xcf, distribution.dvipa),
                    )
                    .note("the distributor tells by the subnet which CPC an appliance belongs to; this one belongs to none")
                    .note(format!("subnets of CPCSCOPE DVIPAs: {}", shown.join(", ")))
                    .stack(stack.name()),
                );
            }
        }
    }
}
