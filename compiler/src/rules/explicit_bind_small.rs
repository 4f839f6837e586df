//! ## What it finds
//! An EXPLICITBINDPORTRANGE with fewer than 128 ports for each stack of the group that has it.
//!
//! ## Why it hurts
//! Stacks get blocks of 64 ports and ask for the next one before the first is used up. When the range is empty, EZD1296I comes and connects
//! fail.
//!
//! ## How to mend it
//! Give it 128 ports for each stack or more.
//!
//! ## Source
//! 02:GLOB-05.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "explicit-bind-small",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG EXPLICITBINDPORTRANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        let users: Vec<_> =
            stacks.iter().filter_map(|stack| Some((*stack, stack.global.explicit_bind?))).collect();
        let wanted = users.len().saturating_mul(128);
        let Some((stack, pool)) = users.iter().min_by_key(|(_, pool)| pool.count) else { continue };
        if users.len() < 2 || usize::from(pool.count) >= wanted {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                pool.at,
                format!("EXPLICITBINDPORTRANGE has {} ports for {} stacks, and two blocks of 64 for each make {wanted}", pool.count, users.len()),
            )
            .note("when the range is used up, EZD1296I comes and binds fail with EADDRNOTAVAIL")
            .stack(stack.name()),
        );
    }
}
