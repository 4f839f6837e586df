//! ## What it finds
//! PORT ... BIND with an address that the stack does not have and can never come to have: not in its HOME list or on an interface, no DVIPA of
//! it, in none of its ranges, not distributed to it.
//!
//! ## Why it hurts
//! The server asks for any address and is bound to this one, which fails.
//!
//! ## How to mend it
//! Define or back up the address here, put a VIPARANGE around it, or correct the address.
//!
//! ## Source
//! 02:PORT-18.

use super::{Check, Rule};
use crate::Dialect;
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-bind-unknown-address",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = super::BRING_ADDRESSES;

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in cluster.stacks.iter().filter(|stack| stack.setup.dialect == Dialect::Zos) {
        for port in &stack.bound {
            let Some(address) = port.bind else { continue };
            if stack.may_own(address) || cluster.is_target(stack, address) {
                continue;
            }
            let mut report = Report::new(
                &RULE,
                port.bind_at(),
                format!("PORT {} binds to {address}, which {} never has", port.port, stack.name()),
            )
            .note("a server of this port fails to bind")
            .note(format!("{} neither defines nor backs up {address}, has no VIPARANGE around it, and is no target of it", stack.name()))
            .stack(stack.name());
            let other = cluster.stacks.iter().find(|other| other.dvipa(address).is_some());
            if let Some((other, dvipa)) = other.and_then(|other| Some((other, other.dvipa(address)?))) {
                report = report.related(dvipa.at, format!("a DVIPA of {}", other.name()));
            }
            out.push(report);
        }
    }
}
