//! ## What it finds
//! A stack that has 1024 DVIPAs at most by VIPADEFINE and VIPABACKUP, but more with those that other stacks distribute to it.
//!
//! ## Why it hurts
//! DVIPAs for which the stack is a target count too. When it is full, what comes next is rejected: a target is missing, or a backup.
//!
//! ## How to mend it
//! Name fewer targets in DESTIP, or move DVIPAs to another stack.
//!
//! ## Source
//! 01:VD-05, 01:VD-06, 04:6, 06:A6.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::statements::dvipa::MOST;
use crate::statements::vipadistribute::Targets;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-limit-with-targets",
    level: Severity::Error,
    message_id: Some("EZZ8309I"),
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (group, stacks) in cluster.groups() {
        let mut to_all: BTreeMap<IpAddr, At> = BTreeMap::new();
        let mut listed: BTreeMap<&str, Vec<(IpAddr, At)>> = BTreeMap::new();
        for distribution in
            stacks.iter().flat_map(|stack| &stack.distributions).filter(|known| !known.foreign_targets)
        {
            match &distribution.targets {
                Targets::All => {
                    to_all.entry(distribution.dvipa).or_insert(distribution.at);
                }
                Targets::List(targets) => {
                    for stack in targets.iter().filter_map(|target| cluster.by_xcf(group, target.xcf)) {
                        listed.entry(stack.name()).or_default().push((distribution.dvipa, distribution.at));
                    }
                }
            }
        }
        for stack in stacks {
            let named = listed.remove(stack.name()).unwrap_or_default();
            if stack.dvipas.len() + to_all.len() + named.len() > MOST {
                count(stack, &to_all, &named, out);
            }
        }
    }
}

fn count(stack: &Summary, to_all: &BTreeMap<IpAddr, At>, named: &[(IpAddr, At)], out: &mut Vec<Report>) {
    let own: BTreeSet<IpAddr> = stack.dvipas.iter().map(|dvipa| dvipa.address).collect();
    let reached = |address: &IpAddr| stack.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == address.is_ipv4());
    let mut others: BTreeMap<IpAddr, At> = named.iter().copied().collect();
    others.extend(to_all.iter().filter(|(address, _)| reached(address)).map(|(address, at)| (*address, *at)));
    others.retain(|address, _| !own.contains(address));
    let all = own.len() + others.len();
    let Some((address, at)) = others.iter().nth(MOST.saturating_sub(own.len())) else { return };
    out.push(
        Report::new(
            &RULE,
            *at,
            format!("{} would have {all} DVIPAs with those that it is a target of, and {MOST} are possible", stack.name()),
        )
        .note(format!(
            "{} by VIPADEFINE and VIPABACKUP, {} by being a target; {address} is the first too many in order of address",
            own.len(),
            others.len()
        ))
        .note("what comes when the stack is full is rejected, so the order of starts decides what is missing")
        .note("name fewer targets in DESTIP, or move DVIPAs to another stack")
        .stack(stack.name()),
    );
}
