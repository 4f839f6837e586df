//! ## What it finds
//! TCPCONFIG TTLS on a stack whose AUTOLOG has procedures, but no policy agent, and for which sysplex.toml names no such job.
//!
//! ## Why it hurts
//! Until the policy agent has installed its policy, only users with access to the EZB.INITSTACK resource get sockets. If it never comes, nobody
//! else does.
//!
//! ## How to mend it
//! Add PAGENT to AUTOLOG. If other automation starts it, add it as a `[[job]]`.
//!
//! ## Source
//! 06:D24.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::daemons;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ttls-without-policy-agent",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["AUTOLOG"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        let Some(at) = stack.ttls.filter(|_| !stack.autolog.is_empty()) else { continue };
        if daemons::policy_agent(cluster, stack) {
            continue;
        }
        out.push(
            Report::new(&RULE, at, format!("with TTLS {} needs a policy agent, and its AUTOLOG starts none", stack.name()))
                .note("until the policy is there, only users with READ access to EZB.INITSTACK.sysname.tcpname get sockets")
                .note("add PAGENT to AUTOLOG; if automation starts it, add it as a [[job]] to sysplex.toml")
                .stack(stack.name()),
        );
    }
}
