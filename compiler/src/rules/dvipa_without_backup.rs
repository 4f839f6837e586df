//! ## What it finds
//! A DVIPA that one stack defines and no other backs up, though there are others.
//!
//! ## Why it hurts
//! When the stack ends, nobody has the address until it is back.
//!
//! ## How to mend it
//! Write VIPABACKUP with a rank on another stack. When a DVIPA comes to a running sysplex, the backups come first.
//!
//! ## Source
//! 01:2.3, 06:A10.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-without-backup",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPABACKUP"];

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Strict];

/// A rank in the middle, so that others find room before and behind it.
const RANK: u8 = 100;

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (group, address, holders) in cluster.dvipas() {
        // With CPCSCOPE the address never leaves its CPC; several definers are the case of another rule.
        let [(owner, dvipa)] = holders.as_slice() else { continue };
        if dvipa.origin != DvipaOrigin::Define || dvipa.cpc_scope {
            continue;
        }
        let Some(other) = cluster.members(group).find(|stack| stack.name() != owner.name()) else { continue };
        let interface = dvipa.interface.as_ref().map_or(String::new(), |name| format!("{name} "));
        let statement = format!("VIPABACKUP {RANK} {interface}{address}");
        out.push(
            Report::new(
                &RULE,
                dvipa.at,
                format!(
                    "{address} has no backup: when {} ends, nobody has it until {} is back",
                    owner.name(),
                    owner.name()
                ),
            )
            .note(format!("on {}, write `{statement}`", other.name()))
            .note("in a running sysplex the backup comes first, then VIPADEFINE")
            .missing(super::DVIPA, address)
            .stack(owner.name()),
        );
    }
}

/// Writes the backup into the VIPADYNAMIC block of the stack that the note names.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let (stack, statement) = finding.notes.first()?.strip_prefix("on ")?.split_once(", write `")?;
    let statement = statement.strip_suffix('`')?;
    let pages = mender.pages_of(stack);
    // A profile that both stacks share would make the owner its own backup.
    let mut own = pages.iter().filter(|page| page.file() != &*finding.place.file);
    let edit = own.find_map(|page| {
        let blocks: Vec<_> = page.statements().filter(|here| here.view.name() == "VIPADYNAMIC").collect();
        blocks.last()?.before_end(&[statement])
    })?;
    let title = format!("write {statement} on {stack}");
    Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![edit] })
}
