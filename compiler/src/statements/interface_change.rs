//! INTERFACE DELETE, ADDADDR, DELADDR, DEPRADDR, ADDTEMPPREFIX, DELTEMPPREFIX (03 IF-03, QE-33 to QE-35).

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::apply::{Apply, Kind};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::rules::{delete_active, interface_action_type, interface_address_unknown, interface_unknown};
use crate::statements::interface::{Action, Change};
use crate::statements::interface_types::{Address, Interface, InterfaceKind};
use crate::statements::names::{self, Made};
use crate::statements::{beginroutes, start};
use crate::table::key;

impl Action {
    /// Its keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Add => "ADDADDR",
            Self::Remove => "DELADDR",
            Self::Deprecate => "DEPRADDR",
            Self::AddPrefix => "ADDTEMPPREFIX",
            Self::RemovePrefix => "DELTEMPPREFIX",
        }
    }
}

/// Applies a change.
pub fn apply(change: &Change, cx: &mut Apply<'_>) {
    if change.name == "LOOPBACK6" {
        loopback(change, cx);
        return;
    }
    let Some(kind) = names::interface(cx.config, &change.name).map(|interface| interface.kind) else {
        unknown(change, cx);
        return;
    };
    if change.action == Action::Delete {
        delete(change, cx);
        return;
    }
    if !kind.is_ipv6() {
        cx.reports.push(
            Report::new(
                &interface_action_type::RULE,
                change.action_at,
                format!("{} is for IPv6, and {} is {}", change.action.keyword(), change.name, kind.keyword()),
            )
            .note(
                "an IPv4 interface has one address; to change it, delete the interface and define it again",
            ),
        );
        cx.change_because(change.at, Kind::Refused, what(change), "an interface for IPv4");
        return;
    }
    if kind == InterfaceKind::Eqenet6 && change.action != Action::Deprecate {
        cx.reports.push(
            Report::new(
                &interface_action_type::RULE,
                change.action_at,
                format!("{} is not for EQENET6 interfaces such as {}", change.action.keyword(), change.name),
            )
            .note("define the interface again with all its addresses")
            .unconfirmed(),
        );
    }
    let named = |interface: &Interface| interface.name == change.name;
    if change.action == Action::Add {
        let changed = add_addresses(change, cx);
        told(change, &[], changed, cx);
        return;
    }
    let done = cx.config.interface.list.update(key(change.name.as_str()), named, |interface| {
        let before = interface.clone();
        let missing = change_interface(interface, change);
        (missing, *interface != before)
    });
    let Some((missing, changed)) = done else { return };
    told(change, &missing, changed, cx);
}

fn what(change: &Change) -> String {
    format!("INTERFACE {} {}", change.name, change.action.keyword())
}

/// Changes an interface; the addresses that it should have and has not are given back.
fn change_interface(interface: &mut Interface, change: &Change) -> Vec<Address> {
    match change.action {
        Action::AddPrefix => {
            interface.temporary_prefixes.extend(change.prefixes.iter().map(|(text, _)| text.clone()));
            Vec::new()
        }
        Action::RemovePrefix => {
            let gone: BTreeSet<&str> = change.prefixes.iter().map(|(text, _)| text.as_str()).collect();
            interface.temporary_prefixes.retain(|known| !gone.contains(known.as_str()));
            Vec::new()
        }
        Action::Delete | Action::Add | Action::Remove | Action::Deprecate => {
            change_list(&mut interface.addresses, change)
        }
    }
}

/// Adds addresses to an interface. One that it has is found by its key: those that are there need not be gone through. Whether there is
/// a new one.
fn add_addresses(change: &Change, cx: &mut Apply<'_>) -> bool {
    let list = &mut cx.config.interface.list;
    let mut new: Vec<Address> = Vec::new();
    let mut seen: BTreeSet<IpAddr> = BTreeSet::new();
    for address in &change.addresses {
        let has = |known: &&Interface| {
            known.name == change.name && known.addresses.iter().any(|one| one.address == address.address)
        };
        if seen.insert(address.address) && list.find(key(address.address), has).is_none() {
            new.push(*address);
        }
    }
    let keys = new.iter().map(|address| key(address.address)).collect();
    let changed = !new.is_empty();
    let named = |interface: &Interface| interface.name == change.name;
    list.extend(key(change.name.as_str()), named, |interface| {
        interface.addresses.extend(new);
        ((), keys)
    });
    changed
}

/// Changes a list of addresses; what should be there and is not is given back.
fn change_list(list: &mut Vec<Address>, change: &Change) -> Vec<Address> {
    let mut there: BTreeSet<IpAddr> = list.iter().map(|known| known.address).collect();
    let mut named: BTreeSet<IpAddr> = BTreeSet::new();
    let mut missing = Vec::new();
    for address in &change.addresses {
        match change.action {
            Action::Add => {
                if there.insert(address.address) {
                    list.push(*address);
                }
            }
            Action::Remove if there.remove(&address.address) => {
                named.insert(address.address);
            }
            Action::Deprecate if there.contains(&address.address) => {
                named.insert(address.address);
            }
            Action::Remove | Action::Deprecate => missing.push(*address),
            Action::Delete | Action::AddPrefix | Action::RemovePrefix => {}
        }
    }
    if change.action == Action::Remove {
        // As many as are named: an address that stands twice keeps its second place.
        list.retain(|known| !named.remove(&known.address));
    } else {
        list.iter_mut()
            .filter(|known| named.contains(&known.address))
            .for_each(|known| known.deprecated = true);
    }
    missing
}

/// Notes what a change of addresses has come to.
fn told(change: &Change, missing: &[Address], changed: bool, cx: &mut Apply<'_>) {
    if changed {
        cx.change(change.at, Kind::Replaced, what(change));
    } else if missing.is_empty() {
        cx.change(change.at, Kind::Unchanged, what(change));
    } else {
        cx.change_because(change.at, Kind::Ignored, what(change), "the interface has no such address");
    }
    not_there(change, missing, cx);
}

fn not_there(change: &Change, missing: &[Address], cx: &mut Apply<'_>) {
    for address in missing {
        cx.reports.push(
            Report::new(
                &interface_address_unknown::RULE,
                address.at,
                format!(
                    "{} is no address of {}, so {} has nothing to do",
                    address.address,
                    change.name,
                    change.action.keyword()
                ),
            )
            .note("it must be one that IPADDR or ADDADDR gave the interface"),
        );
    }
}

fn loopback(change: &Change, cx: &mut Apply<'_>) {
    match change.action {
        Action::Add | Action::Remove => {
            let mut list = std::mem::take(&mut cx.config.interface.loopback);
            let before = list.clone();
            let missing = change_list(&mut list, change);
            let changed = list != before;
            cx.config.interface.loopback = list;
            told(change, &missing, changed, cx);
        }
        Action::Delete | Action::Deprecate | Action::AddPrefix | Action::RemovePrefix => {
            cx.reports.push(
                Report::new(
                    &interface_action_type::RULE,
                    change.action_at,
                    format!("{} is not for LOOPBACK6", change.action.keyword()),
                )
                .note("LOOPBACK6 takes ADDADDR and DELADDR")
                .unconfirmed(),
            );
            cx.change_because(change.at, Kind::Refused, what(change), "the loopback interface");
        }
    }
}

fn unknown(change: &Change, cx: &mut Apply<'_>) {
    let (name, keyword) = (&change.name, change.action.keyword());
    if names::refused(cx.config, name) {
        cx.change_because(change.at, Kind::Refused, what(change), "the interface was refused");
        return;
    }
    if names::may_be_interface(cx.config, name) {
        let kind = if change.action == Action::Delete { Kind::Removed } else { Kind::Replaced };
        cx.change_because(change.at, kind, what(change), names::OPEN);
        return;
    }
    let message = format!("{keyword} finds no interface {name}");
    let report = if let Some(link) = names::link(cx.config, name) {
        Report::new(
            &interface_unknown::RULE,
            change.at,
            format!("{name} is a LINK, so INTERFACE {keyword} is not for it"),
        )
        .related(link.at, "the link")
        .note(format!("to take a link off, write `DELETE LINK {name}`"))
    } else if matches!(names::made(name), Some(Made::Ipv4 | Made::Ipv6 | Made::Dvipa | Made::Loopback)) {
        Report::new(
            &interface_unknown::RULE,
            change.at,
            format!("the stack made {name} itself, so INTERFACE {keyword} is not for it"),
        )
    } else {
        let report = Report::new(&interface_unknown::RULE, change.at, message);
        names::advise(report, name, names::interfaces(cx.config), "interfaces", cx.reports.len())
    };
    cx.reports.push(report);
    cx.change_because(change.at, Kind::Refused, what(change), "no interface of this name");
}

/// The interface goes with all its addresses and its routes (IF-03, RTE-16).
fn delete(change: &Change, cx: &mut Apply<'_>) {
    let name = &change.name;
    if start::is_active(cx, name) {
        let mut report = Report::new(
            &delete_active::RULE,
            change.at,
            format!("interface {name} is active, and is stopped before it is deleted"),
        )
        .note("STOP runs after everything else in a data set: put it into an earlier one");
        // Said of devices and links; for interfaces it follows from the order of execution (IF-17).
        (report.severity, report.confidence) = (Severity::Warning, Confidence::Inferred);
        cx.reports.push(report);
        cx.change_because(change.at, Kind::Refused, format!("INTERFACE {name}"), "it is active");
        return;
    }
    cx.config.interface.list.take(key(name.as_str()), |interface| interface.name == *name);
    cx.change(change.at, Kind::Removed, format!("INTERFACE {name}"));
    start::forget(name, change.at, cx);
    beginroutes::forget(name, change.at, cx);
}
