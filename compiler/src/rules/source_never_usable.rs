//! ## What it finds
//! A source address for an application or destination that the stack can never use: not its own, not in one of its ranges, not distributed to it.
//!
//! ## Why it hurts
//! Each connection of the job is refused. With SRCIP it may also leave from another address than was meant: no source could be read that
//! says which, so there it is a warning.
//!
//! ## How to mend it
//! Define or back up the address here, put a VIPARANGE around it, or make this stack a target of it.
//!
//! ## Source
//! 001, the four conditions behind the form of SOURCEIPA; F7:735, F7:725; 01:SI-16, 04:3.

use super::{Check, Rule};
use crate::Dialect;
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "source-never-usable",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = super::BRING_ADDRESSES;

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        for source in &stack.sources {
            let address = source.address;
            let usable = stack.may_own(address) || cluster.is_target(stack, address);
            if usable || (!cluster.setup.described) {
                continue;
            }
            let end = match stack.setup.dialect {
                Dialect::Founding => "every connection of it will be refused",
                Dialect::Zos => "that address is never on the stack",
            };
            let mut report = Report::new(
                &RULE,
                source.at,
                format!("{} can never leave {} from {address}: {end}", source.who.name(), stack.name()),
            )
            .note(format!("{} neither defines nor backs up {address}, has no VIPARANGE around it, and is no target of it", stack.name()))
            .stack(stack.name());
            if stack.setup.dialect == Dialect::Zos {
                report = report.unconfirmed();
            }
            if let Some(owner) = cluster.definers(&stack.setup.group, address).first()
                && let Some(dvipa) = owner.dvipa(address)
            {
                report = report.related(dvipa.at, format!("{} defines {address} here", owner.name()));
            }
            out.push(report);
        }
    }
}
