//! ## What it finds
//! A VIPAROUTE whose second address is none of the stack whose dynamic XCF address it names, or is a DVIPA or a dynamic XCF address.
//!
//! ## Why it hurts
//! Packets for the target go to a stack that does not expect them, or wander: a DVIPA moves. A default route hides that no route leads there.
//!
//! ## How to mend it
//! Name a static VIPA or an interface address of that stack.
//!
//! ## Source
//! 01:VO-01, 01:VO-04, 01:VO-07, 06:C2.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::viparoute::Route;
use crate::summary::Summary;

/// So many addresses a note shows.
const SHOWN: usize = 16;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparoute-target",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["HOME", "INTERFACE", "IPCONFIG", "IPCONFIG6"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        for route in &stack.routes {
            let Some(target) = cluster.by_xcf(&stack.setup.group, route.xcf) else { continue };
            if target.home_of(route.target).is_some() {
                continue;
            }
            out.push(report(cluster, stack, target, route));
        }
    }
}

fn report(cluster: &Cluster, stack: &Summary, target: &Summary, route: &Route) -> Report {
    let address = route.target;
    let group = &stack.setup.group;
    let other = cluster.stacks.iter().find(|other| other.home_of(address).is_some());
    let what =
        if cluster.stacks.iter().any(|other| other.setup.group == *group && other.dvipa(address).is_some()) {
            "is a DVIPA, which may move".to_owned()
        } else if let Some(owner) = cluster.by_xcf(group, address) {
            format!("is the dynamic XCF address of {}", owner.name())
        } else if let Some(other) = other {
            format!("is an address of {}", other.name())
        } else {
            "is an address of no stack".to_owned()
        };
    let mut report = Report::new(
        &RULE,
        route.target_at,
        format!("VIPAROUTE to {} leads to {address}, which {what}", target.name()),
    )
    .stack(stack.name())
    .stack(target.name());
    for (_, at) in target.xcf.iter().filter(|(xcf, _)| *xcf == route.xcf) {
        report = report.related(*at, format!("{} has {} here", target.name(), route.xcf));
    }
    let family = target.home.iter().filter(|home| home.address.is_ipv4() == route.xcf.is_ipv4());
    let mut homes: Vec<String> = family.take(SHOWN + 1).map(|home| home.address.to_string()).collect();
    if homes.len() > SHOWN {
        homes.truncate(SHOWN);
        homes.push("and more".to_owned());
    }
    if homes.is_empty() {
        report.note(format!("{} has no other address; DYNAMICXCF alone needs no VIPAROUTE", target.name()))
    } else {
        report.note(format!("addresses of {}: {}", target.name(), homes.join(", ")))
    }
}
