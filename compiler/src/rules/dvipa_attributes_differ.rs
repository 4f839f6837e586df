//! ## What it finds
//! A backup whose VIPABACKUP differs from the VIPADEFINE in the tier, in CPCSCOPE or in the subnet.
//!
//! ## Why it hurts
//! With another tier or CPCSCOPE the later stack deletes all that it has for the DVIPA, its VIPADISTRIBUTE too. With another mask the address
//! is announced in another subnet after a takeover.
//!
//! ## How to mend it
//! Write the same attributes on both.
//!
//! ## Source
//! 01:VF-15, 01:VB-11, 01:VF-12.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-attributes-differ",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADEFINE", "VIPABACKUP"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for (_, address, holders) in cluster.dvipas() {
        let Some((definer, defined)) = holders.iter().find(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define)
        else {
            continue;
        };
        for (stack, backup) in holders.iter().filter(|(_, dvipa)| dvipa.origin != DvipaOrigin::Define) {
            let Some((here, there)) = difference(backup, defined) else { continue };
            out.push(
                Report::new(
                    &RULE,
                    backup.at,
                    format!(
                        "{address} is backed up on {} with {here}, but defined on {} with {there}",
                        stack.name(),
                        definer.name()
                    ),
                )
                .related(defined.at, format!("defined on {}", definer.name()))
                .note("write the same on both: the backup is to be what the owner was")
                .missing(super::DVIPA, address)
                .stack(definer.name())
                .stack(stack.name()),
            );
        }
    }
}

fn difference(backup: &Dvipa, defined: &Dvipa) -> Option<(String, String)> {
    let tier = |dvipa: &Dvipa| dvipa.tier.map_or("no tier".to_owned(), |tier| format!("TIER{tier}"));
    if backup.tier != defined.tier {
        return Some((tier(backup), tier(defined)));
    }
    let scope = |dvipa: &Dvipa| if dvipa.cpc_scope { "CPCSCOPE" } else { "no CPCSCOPE" }.to_owned();
    if backup.cpc_scope != defined.cpc_scope {
        return Some((scope(backup), scope(defined)));
    }
    let (one, other) = (backup.bits?, defined.bits?);
    (one != other).then(|| (format!("a prefix of {one} bits"), format!("one of {other}")))
}
