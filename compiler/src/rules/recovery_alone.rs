//! ## What it finds
//! SYSPLEXMONITOR RECOVERY on the only stack of its group.
//!
//! ## Why it hurts
//! A stack leaves its group only when another one is there to take over. Here RECOVERY gives messages and nothing else.
//!
//! ## How to mend it
//! Add a second stack to the group, or take RECOVERY out.
//!
//! ## Source
//! 01:GC-22, 04:1.8.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "recovery-alone",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    if !cluster.setup.described {
        return;
    }
    for (group, stacks) in cluster.groups() {
        let [stack] = stacks.as_slice() else { continue };
        let Some(at) = options::on(stack.global.monitor.recovery) else { continue };
        out.push(
            Report::new(
                &RULE,
                at,
                format!(
                    "{} never leaves group {group} by RECOVERY: it is the only stack there",
                    stack.name()
                ),
            )
            .note("in trouble it sends its messages and keeps its DVIPAs, as with NORECOVERY")
            .stack(stack.name()),
        );
    }
}
