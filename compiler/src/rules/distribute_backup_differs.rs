//! ## What it finds
//! A stack that backs up a DVIPA and distributes a port of it in another way than its owner: by another method or to other targets.
//!
//! ## Why it hurts
//! After a takeover the connections are spread by the statement of the backup. That may be meant; often one of the two was forgotten in a
//! change.
//!
//! ## How to mend it
//! Write the same on both, or leave it out on the backup: it gets the owner's distribution.
//!
//! ## Source
//! 01:VI-32.

use runtime_model::model::DvipaOrigin;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::{Distribution, Targets, method_word};

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-backup-differs",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (group, address, holders) in cluster.dvipas() {
        let backup = |name: &str| {
            holders.iter().any(|(stack, dvipa)| stack.name() == name && dvipa.origin != DvipaOrigin::Define)
        };
        let all: Vec<_> = cluster.distributions(group, address).collect();
        // The first distribution of each port by a stack that is no backup.
        let mut owners: BTreeMap<u16, usize> = BTreeMap::new();
        for (index, (_, there)) in all.iter().enumerate().filter(|(_, (other, _))| !backup(other.name())) {
            for port in &there.ports {
                owners.entry(*port).or_insert(index);
            }
        }
        for (stack, here) in all.iter().filter(|(stack, _)| backup(stack.name())) {
            let owner = here.ports.iter().filter_map(|port| owners.get(port)).min();
            let Some((owner, there)) = owner.and_then(|index| all.get(*index)) else { continue };
            let Some(difference) = difference(here, there) else { continue };
            out.push(
                Report::new(
                    &RULE,
                    here.at,
                    format!(
                        "{} distributes {address} {difference} than {}, which it backs up",
                        stack.name(),
                        owner.name()
                    ),
                )
                .related(there.at, format!("distributed by {}", owner.name()))
                .note("after a takeover the backup's own statement counts")
                .stack(owner.name())
                .stack(stack.name()),
            );
        }
    }
}

fn difference(here: &Distribution, there: &Distribution) -> Option<String> {
    if here.method != there.method {
        return Some(format!("by {}, otherwise", method_word(here.method)));
    }
    (targets(here) != targets(there)).then(|| "to other targets".to_owned())
}

fn targets(distribution: &Distribution) -> Option<BTreeSet<IpAddr>> {
    match &distribution.targets {
        Targets::All => None,
        Targets::List(list) => Some(list.iter().map(|target| target.xcf).collect()),
    }
}
