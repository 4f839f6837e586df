//! ## What it finds
//! A range with MOVEABLE NONDISRUPTIVE that several stacks have, on a stack without DYNAMICXCF.
//!
//! ## Why it hurts
//! When an application on another stack takes the address, its old connections are to go on by dynamic XCF. Without it they break.
//!
//! ## How to mend it
//! Add DYNAMICXCF, or write MOVEABLE DISRUPTIVE if the connections may break.
//!
//! ## Source
//! 01:VR-11, 06:B8.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparange-without-xcf",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        for stack in stacks {
            for range in stack.ranges.iter().filter(|range| range.non_disruptive) {
                let four = range.subnet.addr().is_ipv4();
                if stack.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == four) {
                    continue;
                }
                let shared = stacks
                    .iter()
                    .find(|other| other.name() != stack.name() && other.range_of(range.subnet).is_some());
                let Some(other) = shared else { continue };
                out.push(
                    Report::new(
                        &RULE,
                        range.at,
                        format!(
                            "VIPARANGE {} is NONDISRUPTIVE, but {} has no DYNAMICXCF to keep connections by",
                            range.subnet,
                            stack.name()
                        ),
                    )
                    .note(format!(
                        "when an address moves between {} and {}, its connections break",
                        stack.name(),
                        other.name()
                    ))
                    .stack(stack.name()),
                );
            }
        }
    }
}
