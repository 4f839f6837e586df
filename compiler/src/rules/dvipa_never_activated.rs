//! ## What it finds
//! A DVIPA that only VIPABACKUP statements name, none of which may activate it first.
//!
//! ## Why it hurts
//! After a restart of the whole sysplex nobody owns it, and a bind to it fails with EADDRNOTAVAIL.
//!
//! ## How to mend it
//! Write VIPADEFINE on one stack, or MOVEABLE and a mask on a VIPABACKUP.
//!
//! ## Source
//! 01:VB-04, 06:A1.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-never-activated",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    if !cluster.setup.described {
        return;
    }
    for (_, address, holders) in cluster.dvipas() {
        let activates = |dvipa: &Dvipa| match dvipa.origin {
            DvipaOrigin::Define => true,
            DvipaOrigin::Backup(_) => dvipa.moveable.is_some(),
        };
        if holders.iter().any(|(_, dvipa)| activates(dvipa)) {
            continue;
        }
        let names = Cluster::names(holders.iter().map(|(stack, _)| *stack));
        let Some((first, others)) = holders.split_first() else { continue };
        let mut report = Report::new(
            &RULE,
            first.1.at,
            format!("{address} has backups on {names}, but no stack defines it and no backup may activate it first"),
        )
        .missing(super::DVIPA, address)
        .note("nobody will ever own it, and a bind to it fails with EADDRNOTAVAIL")
        .note("write VIPADEFINE on the stack that should own it, or `VIPABACKUP rank MOVEABLE IMMEDIATE mask address`");
        for (stack, dvipa) in others {
            report = report.related(dvipa.at, format!("a backup on {}", stack.name()));
        }
        for (stack, _) in &holders {
            report = report.stack(stack.name());
        }
        out.push(report);
    }
}
