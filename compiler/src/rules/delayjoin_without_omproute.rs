//! ## What it finds
//! SYSPLEXMONITOR DELAYJOIN on a stack that neither starts OMPROUTE by AUTOLOG nor reserves its port, and for which sysplex.toml names no such
//! job.
//!
//! ## Why it hurts
//! The stack joins its group when OMPROUTE is up, and processes neither VIPADYNAMIC nor DYNAMICXCF before. Without OMPROUTE that is never.
//!
//! ## How to mend it
//! Start OMPROUTE, or take DELAYJOIN out. If other automation starts it, add it as a `[[job]]`.
//!
//! ## Source
//! 02:GLOB-14, 01:GC-24, 01:GC-26.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;
use crate::statements::port::Who;

/// The rule.
pub const RULE: Rule = Rule {
    name: "delayjoin-without-omproute",
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
        let Some(at) = options::on(stack.global.monitor.delay_join) else { continue };
        let job = |name: &str| name.starts_with("OMPROUT") || name.starts_with("OMPR");
        let started = stack.autolog.iter().any(|entry| job(&entry.procedure) || job(&entry.job));
        let reserved = stack
            .ports
            .iter()
            .any(|port| matches!(&port.who, Who::Job(name) if job(name)) || (!port.tcp && port.port == 520));
        let told = cluster.setup.jobs.iter().any(|known| job(&known.name));
        if started || reserved || told {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                at,
                format!(
                    "{} joins its group only when OMPROUTE is up, and nothing here starts it",
                    stack.name()
                ),
            )
            .note("until then neither VIPADYNAMIC nor DYNAMICXCF is processed")
            .note("if automation starts OMPROUTE, add it as a [[job]] to sysplex.toml")
            .stack(stack.name()),
        );
    }
}
