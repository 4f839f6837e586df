//! ## What it finds
//! SYSPLEXMONITOR DYNROUTE on a stack without OMPROUTE.
//!
//! ## Why it hurts
//! The stack waits for dynamic routes over its watched interfaces, which OMPROUTE would bring. Without it the stack may never join its group.
//!
//! ## How to mend it
//! Start OMPROUTE, or write NODYNROUTE. If other automation starts it, add it as a `[[job]]`.
//!
//! ## Source
//! 02:GLOB-17, 01:GC-24.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::daemons;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "monitor-dynroute-without-omproute",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["AUTOLOG", "PORT", "PORTRANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        let monitor = &stack.global.monitor;
        let Some(at) =
            options::on(monitor.dynamic_route).filter(|_| options::on(monitor.interface).is_some())
        else {
            continue;
        };
        if daemons::omproute(cluster, stack) {
            continue;
        }
        out.push(
            Report::new(&RULE, at, format!("DYNROUTE waits for dynamic routes, and nothing here starts OMPROUTE on {}", stack.name()))
                .note("while there are none the stack does not join its group, and neither VIPADYNAMIC nor DYNAMICXCF is processed")
                .note("write NODYNROUTE; if automation starts OMPROUTE, add it as a [[job]] to sysplex.toml")
                .stack(stack.name()),
        );
    }
}
