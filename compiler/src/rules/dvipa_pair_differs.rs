//! ## What it finds
//! An IPv6 DVIPA with different interface names on two stacks, or one interface name with different addresses.
//!
//! ## Why it hurts
//! Name and address belong together as a pair in the whole sysplex. A backup with another pair cannot take over.
//!
//! ## How to mend it
//! Repeat the name and the address exactly.
//!
//! ## Source
//! 01:VB-06, 06:A8.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-pair-differs",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        let mut names: BTreeMap<&str, (&Summary, &Dvipa)> = BTreeMap::new();
        let mut addresses: BTreeMap<std::net::IpAddr, (&Summary, &Dvipa, &str)> = BTreeMap::new();
        for stack in stacks {
            for dvipa in &stack.dvipas {
                let Some(name) = dvipa.interface.as_deref() else { continue };
                let (first, known, other) = *addresses.entry(dvipa.address).or_insert((stack, dvipa, name));
                if other != name {
                    out.push(report(
                        format!(
                            "{} is {name} on {} and {other} on {}",
                            dvipa.address,
                            stack.name(),
                            first.name()
                        ),
                        (stack, dvipa),
                        (first, known),
                    ));
                }
                let (first, known) = *names.entry(name).or_insert((stack, dvipa));
                if known.address != dvipa.address && first.name() != stack.name() {
                    out.push(report(
                        format!(
                            "{name} is {} on {} and {} on {}",
                            dvipa.address,
                            stack.name(),
                            known.address,
                            first.name()
                        ),
                        (stack, dvipa),
                        (first, known),
                    ));
                }
            }
        }
    }
}

fn report(message: String, here: (&Summary, &Dvipa), there: (&Summary, &Dvipa)) -> Report {
    Report::new(&RULE, here.1.at, message)
        .related(there.1.at, format!("on {}", there.0.name()))
        .note("an IPv6 DVIPA is a pair of a name and an address; with another pair a takeover fails")
        .missing(super::DVIPA, here.1.address)
        .stack(here.0.name())
        .stack(there.0.name())
}
