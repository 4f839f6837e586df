//! ## What it finds
//! More than 32 systems in the description of one sysplex.
//!
//! ## Why it hurts
//! A sysplex is believed to have 32 systems at most; some of these are of another one.
//!
//! ## How to mend it
//! Describe each sysplex in a file of its own.
//!
//! ## Source
//! 04:6.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysplex-systems",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Cluster(check),
};

/// Systems of a sysplex.
const MOST: usize = 32;

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let mut systems: BTreeSet<&str> = BTreeSet::new();
    for stack in &cluster.stacks {
        if !systems.insert(stack.setup.system.as_str()) || systems.len() != MOST + 1 {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                stack.setup.at,
                format!(
                    "{} is system number {}, and a sysplex has {MOST} at most",
                    stack.setup.system,
                    MOST + 1
                ),
            )
            .note("a sysplex.toml describes one sysplex")
            .stack(stack.name())
            .unconfirmed(),
        );
    }
}
