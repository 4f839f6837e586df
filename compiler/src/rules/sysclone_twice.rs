//! ## What it finds
//! Two systems of a group with the same &SYSCLONE, whose stacks have DYNAMICXCF.
//!
//! ## Why it hurts
//! Each stack names its link to another system EZAXCF and that system's &SYSCLONE, so a third stack cannot make both links.
//!
//! ## How to mend it
//! Give each system its own &SYSCLONE, in IEASYMxx, and `symbols` in sysplex.toml.
//!
//! ## Source
//! 01:IP-10, 01:IP-11.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sysclone-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stacks in cluster.groups().values() {
        for (index, stack) in stacks.iter().enumerate() {
            let (Some(clone), Some((_, at))) = (stack.setup.symbols.get("SYSCLONE"), stack.xcf.first())
            else {
                continue;
            };
            let first = stacks.iter().take(index).find(|first| {
                first.setup.system != stack.setup.system
                    && first.setup.symbols.get("SYSCLONE") == Some(clone)
                    && !first.xcf.is_empty()
            });
            let Some(first) = first else { continue };
            let mut report = Report::new(
                &RULE,
                *at,
                format!("{} and {} both have &SYSCLONE {clone}, so their dynamic XCF links have one name", first.setup.system, stack.setup.system),
            )
            .note(format!("another stack would call both EZAXCF{clone}"))
            .note("give each system its own &SYSCLONE; sysplex.toml takes the last two characters of the system's name when it is not told")
            .stack(first.name())
            .stack(stack.name());
            if let Some((_, other)) = first.xcf.first() {
                report = report.related(*other, format!("DYNAMICXCF of {}", first.name()));
            }
            out.push(report);
        }
    }
}
