//! ## What it finds
//! One DVIPA defined by VIPADEFINE on two stacks of a sysplex; with CPCSCOPE, on two stacks of one CPC.
//!
//! ## Why it hurts
//! Both want to own it: whichever reads its profile last has it, so a restart moves it.
//!
//! ## How to mend it
//! Keep one VIPADEFINE and write VIPABACKUP on the other stacks.
//!
//! ## Source
//! 04:1.11, 01:VF-15, 06:A2.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;
use crate::statements::dvipa::Dvipa;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-two-definers",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let mut known: Vec<(&Summary, &Dvipa)> = Vec::new();
        for (stack, dvipa) in holders.iter().filter(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define) {
            let Some((first, there)) =
                known.iter().find(|(other, there)| rivals((other, there), (stack, dvipa)))
            else {
                known.push((stack, dvipa));
                continue;
            };
            let names = Cluster::names([*first, *stack]);
            out.push(
                Report::new(
                    &RULE,
                    dvipa.at,
                    format!("{address} is defined by VIPADEFINE on {} and on {}", first.name(), stack.name()),
                )
                .related(there.at, format!("{} defines it here", first.name()))
                .note(format!("both want to own it, so the order in which {names} start decides who does"))
                .note("keep one VIPADEFINE and write VIPABACKUP with a rank on the other stacks")
                .stack(first.name())
                .stack(stack.name()),
            );
        }
    }
}

/// With CPCSCOPE each CPC has a DVIPA of its own; definitions for different uses are the case of dvipa-tier-conflict.
fn rivals(one: (&Summary, &Dvipa), other: (&Summary, &Dvipa)) -> bool {
    let same_use = one.1.tier == other.1.tier && one.1.cpc_scope == other.1.cpc_scope;
    let same_cpc = one.0.setup.cpc.is_some() && one.0.setup.cpc == other.0.setup.cpc;
    same_use && (!one.1.cpc_scope || same_cpc)
}

/// Makes a backup of the later definition; only of one that names a single address and nothing else of note.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    let words = here.words();
    let rest = match words.as_slice() {
        [move_able, when, mask, address] if move_able.starts_with("MOVE") => {
            format!("{move_able} {when} {mask} {address}")
        }
        // A mask stands only with MOVEABLE.
        [_mask, address] => address.clone(),
        _ => return None,
    };
    let text = format!("VIPABACKUP 100 {rest}");
    let edits = vec![page.replace(&here.whole(), text.clone())];
    Some(Fix { title: format!("write {text}"), applicability: Applicability::Unsafe, edits })
}
