//! ## What it finds
//! A stack that backs up a DVIPA and distributes some of the owner's ports, but not all of them.
//!
//! ## Why it hurts
//! It is taken that the statement of a backup counts in place of the owner's after a takeover. The ports that it leaves out would then not be
//! distributed any more.
//!
//! ## How to mend it
//! Distribute the same ports on both, or write no VIPADISTRIBUTE on the backup.
//!
//! ## Source
//! 01:VI-32, 04:5.1.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-backup-ports-differ",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut ports: BTreeMap<(&str, IpAddr), (At, BTreeSet<u16>, bool)> = BTreeMap::new();
    for stack in &cluster.stacks {
        for distribution in &stack.distributions {
            let known = ports
                .entry((stack.name(), distribution.dvipa))
                .or_insert_with(|| (distribution.at, BTreeSet::new(), false));
            known.1.extend(&distribution.ports);
            known.2 |= distribution.ports.is_empty();
        }
    }
    for (_, address, holders) in cluster.dvipas() {
        let Some((owner, _)) = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define) else {
            continue;
        };
        let Some((there, wanted, dynamic)) = ports.get(&(owner.name(), address)) else { continue };
        for (stack, _) in holders.iter().filter(|(_, dvipa)| dvipa.origin != DvipaOrigin::Define) {
            let Some((here, given, all)) = ports.get(&(stack.name(), address)) else { continue };
            let missing: Vec<String> = wanted.difference(given).map(u16::to_string).collect();
            if *dynamic || *all || missing.is_empty() {
                continue;
            }
            out.push(
                Report::new(
                    &RULE,
                    *here,
                    format!("{} backs up {address} but does not distribute port {} of it, as {} does", stack.name(), missing.join(", "), owner.name()),
                )
                .related(*there, format!("distributed by {}", owner.name()))
                .note(format!("after a takeover {} would serve these ports alone, if its own VIPADISTRIBUTE counts in place of the owner's; no source confirms that", stack.name()))
                .note("distribute the same ports on both, or write no VIPADISTRIBUTE for the address on the backup")
                .stack(owner.name())
                .stack(stack.name()),
            );
        }
    }
}
