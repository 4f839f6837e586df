//! ## What it finds
//! Stacks of one group whose dynamic XCF addresses are in different subnets.
//!
//! ## Why it hurts
//! As far as is known, all of them should be in one subnet: the routes between the stacks come from it.
//!
//! ## How to mend it
//! Use one subnet, with &SYSCLONE. in the host part.
//!
//! ## Source
//! 01:IP-14, 02:IPC4-17.

use ipnet::IpNet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "xcf-subnet-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        let mut nets = stacks.iter().filter_map(|stack| Some((*stack, subnet(stack)?)));
        let Some((first, (known, known_at))) = nets.next() else { continue };
        for (stack, (net, at)) in nets {
            if net != known {
                out.push(
                    Report::new(
                        &RULE,
                        at,
                        format!(
                            "the dynamic XCF address of {} is in {net}, that of {} in {known}",
                            stack.name(),
                            first.name()
                        ),
                    )
                    .related(known_at, format!("DYNAMICXCF of {}", first.name()))
                    .note("put the dynamic XCF addresses of all stacks into one subnet")
                    .stack(first.name())
                    .stack(stack.name()),
                );
            }
        }
    }
}

fn subnet(stack: &Summary) -> Option<(IpNet, At)> {
    let (address, at) = stack.xcf.iter().find(|(address, _)| address.is_ipv4())?;
    Some((IpNet::new(*address, stack.xcf_bits?).ok()?.trunc(), *at))
}
