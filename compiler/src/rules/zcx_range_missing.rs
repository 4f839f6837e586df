//! ## What it finds
//! A VIPARANGE with ZCX that some stacks of a group have and others have not.
//!
//! ## Why it hurts
//! A zCX instance can only start on a stack whose range for its address carries ZCX; elsewhere it fails to initialise.
//!
//! ## How to mend it
//! Put the ZCX ranges into one data set that every stack INCLUDEs on which an instance may start.
//!
//! ## Source
//! 06:B4.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::viparange::Range;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "zcx-range-missing",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPARANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    if !cluster.setup.described {
        return;
    }
    for (_, stacks) in cluster.groups() {
        let mut ranges: BTreeMap<IpNet, Vec<(&Summary, &Range)>> = BTreeMap::new();
        for stack in &stacks {
            for range in stack.ranges.iter().filter(|range| range.zcx) {
                ranges.entry(range.subnet).or_default().push((stack, range));
            }
        }
        for (subnet, here) in ranges {
            // A range without ZCX is the case of viparange-differs.
            let has = |stack: &Summary| stack.range(subnet.addr()).is_some();
            let without: Vec<&Summary> = stacks.iter().copied().filter(|stack| !has(stack)).collect();
            let (Some((first, range)), false) = (here.first(), without.is_empty()) else { continue };
            let names = Cluster::names(without.iter().copied());
            let mut report = Report::new(
                &RULE,
                range.at,
                format!("zCX instances of range {subnet} cannot start on {names}, which have no such range"),
            )
            .note("an instance fails to initialise on a stack without a ZCX range for its address")
            .note("put the ranges into one data set that all stacks INCLUDE on which an instance may start")
            .stack(first.name());
            for stack in without {
                report = report.stack(stack.name());
            }
            out.push(report);
        }
    }
}
