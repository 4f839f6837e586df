//! ## What it finds
//! Ranges of two stacks that overlap without being equal, or that are equal and differ in MOVEABLE, SAF or ZCX.
//!
//! ## Why it hurts
//! An application that moves to the other stack finds another range, another rule for moving, or another permission.
//!
//! ## How to mend it
//! Put the ranges that stacks have in common into one member that all of them include.
//!
//! ## Source
//! 01:VR-06, 06:B4, 06:B5.

use super::{Check, Rule};
use crate::Dialect;
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::viparange::Range;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparange-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPARANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        for (index, stack) in stacks.iter().enumerate() {
            // The founding documents give each stack a MOVEABLE of its own.
            for range in stack.ranges.iter().filter(|_| stack.setup.dialect == Dialect::Zos) {
                let found = stacks.iter().take(index).find_map(|other| match other.range_of(range.subnet) {
                    Some(known) if alike(known, range) => None,
                    Some(known) => Some((*other, known)),
                    None => other
                        .range_around(range.subnet)
                        .or_else(|| other.range_inside(range.subnet))
                        .map(|known| (*other, known)),
                });
                let Some((other, known)) = found else { continue };
                // A narrower range beside the wide one that both have is no drift.
                if stack.range_of(known.subnet).is_some_and(|own| alike(own, known)) {
                    continue;
                }
                out.push(
                    Report::new(
                        &RULE,
                        range.at,
                        format!("VIPARANGE is {} on {} and {} on {}", describe(range), stack.name(), describe(known), other.name()),
                    )
                    .related(known.at, format!("on {}", other.name()))
                    .note("an application that moves finds another rule there; put common ranges into one member that all stacks include")
                    .stack(stack.name())
                    .stack(other.name()),
                );
            }
        }
    }
}

fn alike(one: &Range, other: &Range) -> bool {
    one.subnet == other.subnet
        && one.non_disruptive == other.non_disruptive
        && one.saf == other.saf
        && one.zcx == other.zcx
}

fn describe(range: &Range) -> String {
    let mut text = range.subnet.to_string();
    if !range.non_disruptive {
        text += " DISRUPTIVE";
    }
    if let Some(resource) = &range.saf {
        text += &format!(" SAF {resource}");
    }
    if range.zcx {
        text += " ZCX";
    }
    text
}
