//! ## What it finds
//! TCPSTACKSOURCEVIPA with an address that the stack can never have: not in its HOME list or on an interface, no DVIPA of it, in none of its
//! ranges, not distributed to it.
//!
//! ## Why it hurts
//! It need not be active when the profile is read, but here it never is: each connection leaves from another address, with a warning every five
//! minutes.
//!
//! ## How to mend it
//! Define or back up the address here, make the stack a target of it, or correct the address.
//!
//! ## Source
//! 01:IP-05, 06:C13.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "tcpstacksourcevipa-never-active",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = super::BRING_ADDRESSES;

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        let Some((address, at)) = stack.stack_source else { continue };
        if stack.may_own(address) || cluster.is_target(stack, address) {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                at,
                format!("TCPSTACKSOURCEVIPA {address} is never active on {}", stack.name()),
            )
            .note(format!(
                "{} neither has nor backs up {address}, has no VIPARANGE around it, and is no target of it",
                stack.name()
            ))
            .note("connections leave from the address that they would have without it")
            .stack(stack.name()),
        );
    }
}
