//! Addresses of the sysplex for an operand: of all that there are, those that make sense there.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use compiler::Dialect;
use compiler::cluster::Cluster;
use compiler::summary::Summary;
use grammar::description::{SlotDesc, SlotKind, StatementDesc, Type};
use ls_types::CompletionItemKind;
use runtime_model::model::DvipaOrigin;

use super::{Item, stacks};
use crate::features::{Cx, Text};

/// Addresses with what they are, in the order of the description.
type Known = Vec<(IpAddr, String)>;

/// Adds the addresses for an operand.
pub(super) fn items(
    cx: &Cx<'_>,
    text: Text<'_>,
    desc: &'static StatementDesc,
    slot: &'static SlotDesc,
    items: &mut Vec<Item>,
) {
    let Some(snapshot) = cx.snapshot() else { return };
    let Some(cluster) = snapshot.cluster() else { return };
    let known = fitting(&cluster, &stacks(cx, text), desc, slot);
    let fits = |address: IpAddr| match slot.kind {
        SlotKind::Operand(Type::Ipv4 | Type::Ipv4OrNet) => address.is_ipv4(),
        SlotKind::Operand(Type::Ipv6 | Type::Ipv6OrNet) => address.is_ipv6(),
        SlotKind::Operand(_) | SlotKind::Keyword | SlotKind::Group => true,
    };
    let description = snapshot.description();
    let founding = description.dialect() == Dialect::Founding;
    let names: BTreeMap<IpAddr, &str> =
        description.addresses.iter().map(|entry| (entry.address.value, entry.name.value.as_str())).collect();
    let mut seen = BTreeSet::new();
    for (address, what) in known.into_iter().filter(|(address, _)| fits(*address)) {
        if !seen.insert(address) {
            continue;
        }
        // The founding documents write names.
        items.push(match names.get(&address).filter(|_| founding) {
            Some(name) => Item::new(*name, CompletionItemKind::CONSTANT, format!("{address}, {what}")),
            None => Item::new(address.to_string(), CompletionItemKind::CONSTANT, what),
        });
    }
    if founding {
        let others = description.addresses.iter().filter(|entry| {
            let address = entry.address.value;
            !seen.contains(&address) && fits(address)
        });
        items.extend(others.map(|entry| {
            let name = entry.name.value.as_str();
            Item::new(name, CompletionItemKind::CONSTANT, entry.address.value.to_string())
        }));
    }
}

/// What makes sense for an operand.
fn fitting(cluster: &Cluster, mine: &[String], desc: &StatementDesc, slot: &SlotDesc) -> Known {
    let is_mine = |stack: &Summary| mine.iter().any(|name| name == stack.name());
    match (desc.name, slot.name) {
        ("VIPADISTRIBUTE" | "VIPAROUTE", "xcf") => xcf(cluster),
        ("VIPADISTRIBUTE" | "VIPADELETE", _) => dvipas(cluster, &is_mine),
        // A backup is for what another stack defines.
        ("VIPABACKUP", _) => {
            let mut all = dvipas(cluster, &|stack| !is_mine(stack));
            let own: BTreeSet<IpAddr> =
                dvipas(cluster, &is_mine).into_iter().map(|(address, _)| address).collect();
            all.retain(|(address, _)| !own.contains(address));
            all
        }
        // A new address: nothing that is there already.
        ("VIPADEFINE" | "HOME" | "INTERFACE", _) | ("IPCONFIG" | "IPCONFIG6", "xcf") => Vec::new(),
        ("SOURCEIPA" | "SRCIP" | "PORT" | "IPCONFIG", _) => {
            let mut all = dvipas(cluster, &|_| true);
            all.extend(homes(cluster, &is_mine));
            all
        }
        _ => {
            let mut all = dvipas(cluster, &|_| true);
            all.extend(homes(cluster, &|_| true));
            all.extend(xcf(cluster));
            all
        }
    }
}

fn xcf(cluster: &Cluster) -> Known {
    let all = cluster.stacks.iter();
    all.flat_map(|stack| {
        stack.xcf.iter().map(|(address, _)| (*address, format!("dynamic XCF address of {}", stack.name())))
    })
    .collect()
}

fn dvipas(cluster: &Cluster, of: &dyn Fn(&Summary) -> bool) -> Known {
    let (mut defined, mut backed_up) = (Vec::new(), Vec::new());
    for stack in cluster.stacks.iter().filter(|stack| of(stack)) {
        for dvipa in &stack.dvipas {
            match dvipa.origin {
                DvipaOrigin::Define => {
                    defined.push((dvipa.address, format!("DVIPA, {} defines it", stack.name())));
                }
                DvipaOrigin::Backup(rank) => {
                    let what = format!("DVIPA, {} backs it up with rank {rank}", stack.name());
                    backed_up.push((dvipa.address, what));
                }
            }
        }
    }
    // Whoever defines it says more than who backs it up.
    defined.append(&mut backed_up);
    defined
}

fn homes(cluster: &Cluster, of: &dyn Fn(&Summary) -> bool) -> Known {
    let stacks = cluster.stacks.iter().filter(|stack| of(stack));
    stacks
        .flat_map(|stack| {
            stack.home.iter().map(|home| {
                let what = if home.is_virtual { "static VIPA" } else { "address" };
                (home.address, format!("{what} of {} on {}", home.link, stack.name()))
            })
        })
        .collect()
}
