//! ## What it finds
//! A stack that shares a DVIPA with others by VIPADEFINE and VIPABACKUP and has no DYNAMICXCF of the family, when another of them has.
//!
//! ## Why it hurts
//! When the address moves while its owner lives, connections are kept only if both stacks have DYNAMICXCF; here they break.
//!
//! ## How to mend it
//! Add IPCONFIG DYNAMICXCF (IPCONFIG6 for IPv6) to every stack that may own the address.
//!
//! ## Source
//! 04:1.4, 04:1.10.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-move-without-xcf",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut without: BTreeMap<(&str, bool), (&Summary, At, Vec<String>)> = BTreeMap::new();
    for (_, address, holders) in cluster.dvipas() {
        let has = |stack: &Summary| stack.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == address.is_ipv4());
        if !holders.iter().any(|(stack, _)| has(stack)) {
            continue;
        }
        for (stack, dvipa) in holders.iter().filter(|(stack, _)| !has(stack)) {
            let known = without
                .entry((stack.name(), address.is_ipv4()))
                .or_insert_with(|| (stack, dvipa.at, Vec::new()));
            known.2.push(address.to_string());
        }
    }
    for ((_, ipv4), (stack, at, addresses)) in without {
        let what = if ipv4 { "IPCONFIG DYNAMICXCF" } else { "IPCONFIG6 DYNAMICXCF" };
        let first = addresses.first().map_or("", String::as_str);
        let more = match addresses.len() {
            0 | 1 => String::new(),
            count => format!(" and {} other DVIPAs", count - 1),
        };
        out.push(
            Report::new(
                &RULE,
                at,
                format!("connections to {first}{more} break when the address moves to or from {}, which has no {what}", stack.name()),
            )
            .note("both stacks need dynamic XCF for that: the old one serves its connections on, the new one passes their packets to it")
            .note(format!("add {what} to {}", stack.name()))
            .stack(stack.name()),
        );
    }
}
