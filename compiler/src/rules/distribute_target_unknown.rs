//! ## What it finds
//! A DESTIP address that is the dynamic XCF address of no stack.
//!
//! ## Why it hurts
//! No stack answers to it, so nothing is ever sent there. A home address of a target does not do: DESTIP wants its dynamic XCF address.
//!
//! ## How to mend it
//! Write the address that the target has on IPCONFIG DYNAMICXCF.
//!
//! ## Source
//! 01:VI-05, 06:A3.

use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::vipadistribute::{Target, Targets};
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-target-unknown",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    if !cluster.setup.described {
        return;
    }
    for stack in &cluster.stacks {
        for distribution in stack.distributions.iter().filter(|distribution| !distribution.foreign_targets) {
            let Targets::List(targets) = &distribution.targets else { continue };
            for target in targets {
                if cluster.by_xcf(&stack.setup.group, target.xcf).is_none() {
                    out.push(unknown(cluster, stack, distribution.dvipa, target));
                }
            }
        }
    }
}

fn unknown(cluster: &Cluster, stack: &Summary, dvipa: IpAddr, target: &Target) -> Report {
    let xcf = target.xcf;
    let mut report = Report::new(
        &RULE,
        target.at,
        format!("target {xcf} of {dvipa} is the dynamic XCF address of no stack of the sysplex"),
    )
    .missing(super::XCF, xcf)
    .stack(stack.name());
    let home = cluster.stacks.iter().find_map(|other| {
        let home = other.home_of(xcf)?;
        Some((other, home.at))
    });
    if let Some((other, at)) = home {
        report = report.related(at, format!("{xcf} is a home address of {}", other.name()));
        if let Some((right, _)) = other.xcf.first() {
            report = report.note(format!("{}'s dynamic XCF address is {right}", other.name()));
        }
    }
    let known: Vec<String> = cluster
        .stacks
        .iter()
        .filter(|other| other.setup.group == stack.setup.group)
        .flat_map(|other| other.xcf.iter().map(move |(xcf, _)| format!("{xcf} ({})", other.name())))
        .collect();
    if known.is_empty() {
        report.note("no stack has IPCONFIG DYNAMICXCF, which every target needs")
    } else {
        report.note(format!("dynamic XCF addresses: {}", known.join(", ")))
    }
}
