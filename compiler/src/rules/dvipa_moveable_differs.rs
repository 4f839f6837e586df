//! ## What it finds
//! A backup that may activate a DVIPA first, with another MOVEABLE than the VIPADEFINE has.
//!
//! ## Why it hurts
//! What counts is the MOVEABLE of the stack that has the address. With WHENIDLE on the backup and IMMEDIATE on the owner, the owner gets its
//! address back only when the backup has no connection any more, which may be never.
//!
//! ## How to mend it
//! Write the same MOVEABLE on both.
//!
//! ## Source
//! 04:1.3, 04:1.5.

use runtime_model::model::{DvipaOrigin, Moveable};

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-moveable-differs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    let word = |moveable: Moveable| match moveable {
        Moveable::Immediate => "IMMEDIATE",
        Moveable::WhenIdle => "WHENIDLE",
    };
    for (_, address, holders) in cluster.dvipas() {
        let Some((owner, defined)) = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define)
        else {
            continue;
        };
        let there = defined.moveable.unwrap_or(Moveable::Immediate);
        for (stack, backup) in holders.iter().filter(|(_, dvipa)| dvipa.origin != DvipaOrigin::Define) {
            let Some(here) = backup.moveable.filter(|here| *here != there) else { continue };
            out.push(
                Report::new(
                    &RULE,
                    backup.at,
                    format!(
                        "{address} is MOVEABLE {} on its backup {} and {} on its owner {}",
                        word(here),
                        stack.name(),
                        word(there),
                        owner.name()
                    ),
                )
                .related(defined.at, format!("defined on {}", owner.name()))
                .note(match here {
                    Moveable::WhenIdle => format!("after a takeover {} keeps the address until its last connection has ended; on a busy service that may be never", stack.name()),
                    Moveable::Immediate => format!("after a takeover {} gives the address back at once when {} returns, while the other way it waits", stack.name(), owner.name()),
                })
                .note("write the same MOVEABLE on both")
                .missing(super::DVIPA, address)
                .stack(owner.name())
                .stack(stack.name()),
            );
        }
    }
}
