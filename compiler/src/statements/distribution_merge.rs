//! What DEFINE adds to the distributions of a stack, and what DELETE takes off: by DVIPA, port and target (01:VI-30, VI-31, VI-33).
//!
//! The stack keeps one record for each DVIPA, port and target. Here a distribution has the ports whose targets and options agree.

use std::collections::BTreeSet;

use super::vipadistribute::{Distribution, Part, Target, Targets};
use crate::apply::Kind;

/// Adds a distribution, or its targets and options to those that the stack has for the same ports.
#[must_use]
pub fn define(new: &Distribution, part: &mut Part) -> Kind {
    // SYSPLEXPORTS counts for all distributions of a DVIPA, also for those that do not repeat it (01:VI-29).
    let inherits = !new.cluster_ports && part.any_clustered(new.dvipa, true);
    let inherited = inherits.then(|| Distribution { cluster_ports: true, ..new.clone() });
    let new = inherited.as_ref().unwrap_or(new);
    let mut known: Vec<Distribution> = part.near(new).filter(|known| meet(known, new)).cloned().collect();
    if known.is_empty() {
        part.add(new.clone());
        return Kind::Added;
    }
    let _old = part.take_near(new, |known| meet(known, new));
    let unchanged = add(&mut known, new);
    known.into_iter().for_each(|one| part.add(one));
    if unchanged { Kind::Unchanged } else { Kind::Replaced }
}

/// Takes ports and targets off. False when none of them is there.
#[must_use]
pub fn delete(gone: &Distribution, part: &mut Part) -> bool {
    let mut known: Vec<Distribution> = part.near(gone).filter(|known| meet(known, gone)).cloned().collect();
    if !remove(&mut known, gone) {
        return false;
    }
    let _old = part.take_near(gone, |known| meet(known, gone));
    known.into_iter().for_each(|one| part.add(one));
    true
}

/// Adds a distribution. Ports that are there already get its options, and its targets besides those that they have.
/// True when nothing changes by it.
fn add(list: &mut Vec<Distribution>, new: &Distribution) -> bool {
    let mut rest = new.ports.clone();
    let mut merged: Vec<Distribution> = Vec::new();
    let mut unchanged = true;
    let mut kept: Vec<Distribution> = Vec::with_capacity(list.len() + 1);
    for known in list.drain(..) {
        let shared = shared(&known, new);
        let Some(shared) = shared else {
            kept.push(known);
            continue;
        };
        rest = rest.difference(&shared).copied().collect();
        let both = Distribution {
            ports: shared.clone(),
            targets: union(&known.targets, &new.targets),
            cluster_ports: known.cluster_ports || new.cluster_ports,
            ..new.clone()
        };
        unchanged &= same(&both, &known);
        if let Some(left) = without(known, &shared) {
            kept.push(left);
        }
        merged.push(both);
    }
    if merged.is_empty() || !rest.is_empty() {
        unchanged = false;
        merged.push(Distribution { ports: rest, ..new.clone() });
    }
    *list = kept;
    for one in merged {
        join(list, one);
    }
    unchanged
}

/// Takes ports and targets off. False when none of them is there.
fn remove(list: &mut Vec<Distribution>, gone: &Distribution) -> bool {
    let mut found = false;
    let mut kept: Vec<Distribution> = Vec::with_capacity(list.len());
    for known in list.drain(..) {
        let targets = shared(&known, gone).map(|ports| (ports, left_over(&known.targets, &gone.targets)));
        let Some((ports, Some(left))) = targets else {
            kept.push(known);
            continue;
        };
        found = true;
        if !left.is_empty() {
            kept.push(Distribution { ports: ports.clone(), targets: Targets::List(left), ..known.clone() });
        }
        kept.extend(without(known, &ports));
    }
    *list = kept;
    found
}

/// Whether two distributions are of one DVIPA and have a port in common, or both list none.
fn meet(one: &Distribution, other: &Distribution) -> bool {
    shared(one, other).is_some()
}

/// The ports that two distributions of one DVIPA have in common; none listed is a kind of its own. None when they have nothing in common.
fn shared(one: &Distribution, other: &Distribution) -> Option<BTreeSet<u16>> {
    if one.dvipa != other.dvipa || one.ports.is_empty() != other.ports.is_empty() {
        return None;
    }
    let ports: BTreeSet<u16> = one.ports.intersection(&other.ports).copied().collect();
    (one.ports.is_empty() || !ports.is_empty()).then_some(ports)
}

/// What is left of a distribution without some of its ports.
fn without(mut known: Distribution, ports: &BTreeSet<u16>) -> Option<Distribution> {
    let all = known.ports.is_empty();
    known.ports.retain(|port| !ports.contains(port));
    (!all && !known.ports.is_empty()).then_some(known)
}

/// Targets of both; of a target that is in both, as the later one has it.
fn union(known: &Targets, new: &Targets) -> Targets {
    let (Targets::List(known), Targets::List(new)) = (known, new) else { return Targets::All };
    let mut both: Vec<Target> = known.clone();
    for target in new {
        match both.iter_mut().find(|one| one.xcf == target.xcf) {
            Some(one) if one.weight != target.weight || one.standby != target.standby => {
                *one = target.clone()
            }
            Some(_) => {}
            None => both.push(target.clone()),
        }
    }
    Targets::List(both)
}

/// Targets that stay. None when none of them is taken off: a target by itself cannot be taken out of ALL.
fn left_over(known: &Targets, gone: &Targets) -> Option<Vec<Target>> {
    match (known, gone) {
        (_, Targets::All) => Some(Vec::new()),
        (Targets::All, Targets::List(_)) => None,
        (Targets::List(known), Targets::List(gone)) => {
            let named = |target: &&Target| !gone.iter().any(|one| one.xcf == target.xcf);
            let left: Vec<Target> = known.iter().filter(named).cloned().collect();
            (left.len() < known.len()).then_some(left)
        }
    }
}

/// Puts a distribution to the one that says the same for other ports, or behind the others.
fn join(list: &mut Vec<Distribution>, one: Distribution) {
    let fits = |known: &&mut Distribution| {
        !known.ports.is_empty()
            && !one.ports.is_empty()
            && same(&Distribution { ports: one.ports.clone(), ..(**known).clone() }, &one)
    };
    match list.iter_mut().find(fits) {
        Some(known) if known.at == one.at => known.ports.extend(one.ports),
        Some(_) | None => list.push(one),
    }
}

/// Whether two distributions mean the same, wherever they stand.
fn same(one: &Distribution, other: &Distribution) -> bool {
    let place = |distribution: &Distribution| {
        let mut plain = distribution.clone();
        plain.at = other.at;
        plain.encap = plain.encap.map(|_| other.at);
        if let Some(group) = &mut plain.tier_group {
            group.at = other.at;
        }
        plain.sysplex_ports = None;
        plain.method_at = None;
        plain.targets_at = other.at;
        plain.ports_at = other.at;
        plain.tier = plain.tier.map(|tier| super::ipconfig::Placed { at: other.at, ..tier });
        plain.control_port = plain.control_port.map(|port| super::ipconfig::Placed { at: other.at, ..port });
        if let Targets::List(targets) = &mut plain.targets {
            for target in targets {
                target.at = other.at;
                target.option_at = other.at;
            }
        }
        plain
    };
    place(one) == place(other)
}
