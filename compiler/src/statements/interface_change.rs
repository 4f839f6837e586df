//! INTERFACE DELETE, ADDADDR, DELADDR, DEPRADDR, ADDTEMPPREFIX, DELTEMPPREFIX (03 IF-03, QE-33 to QE-35).

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::apply::{Apply, Kind};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::rules::{delete_active, interface_action_type, interface_address_unknown, interface_unknown};
use crate::statements::addresses::Addresses;
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
    let done = cx.config.interface.list.extend(key(change.name.as_str()), named, |interface| {
        let done = change_interface(interface, change);
        let keys = done.new.iter().map(|address| key(*address)).collect();
        (done, keys)
    });
    let Some(done) = done else { return };
    told(change, &done, cx);
}

/// What a change of addresses or prefixes has come to.
#[derive(Default)]
struct Done {
    /// Addresses that are there now and were not.
    new: Vec<IpAddr>,
    /// Addresses that should be there and are not.
    missing: Vec<Address>,
    /// Whether anything is other than before.
    changed: bool,
}

fn what(change: &Change) -> String {
    format!("INTERFACE {} {}", change.name, change.action.keyword())
}

/// Changes an interface.
fn change_interface(interface: &mut Interface, change: &Change) -> Done {
    match change.action {
        Action::AddPrefix => {
            interface.temporary_prefixes.extend(change.prefixes.iter().map(|(text, _)| text.clone()));
            Done { changed: !change.prefixes.is_empty(), ..Done::default() }
        }
        Action::RemovePrefix => {
            let gone: BTreeSet<&str> = change.prefixes.iter().map(|(text, _)| text.as_str()).collect();
            let before = interface.temporary_prefixes.len();
            interface.temporary_prefixes.retain(|known| !gone.contains(known.as_str()));
            Done { changed: interface.temporary_prefixes.len() != before, ..Done::default() }
        }
        Action::Delete | Action::Add | Action::Remove | Action::Deprecate => {
            change_list(&mut interface.addresses, change)
        }
    }
}

/// Changes addresses. Each is looked up: those that are there need not be gone through.
fn change_list(list: &mut Addresses, change: &Change) -> Done {
    let mut done = Done::default();
    let mut gone: BTreeSet<IpAddr> = BTreeSet::new();
    for named in &change.addresses {
        let address = named.address;
        match change.action {
            Action::Add => {
                if !list.has(address) {
                    list.push(*named);
                    done.new.push(address);
                    done.changed = true;
                }
            }
            // As often as it is named in different statements: one that stands twice keeps its second place.
            Action::Remove if gone.insert(address) && list.take(address) => done.changed = true,
            Action::Deprecate => match list.deprecate(address) {
                Some(changed) => done.changed |= changed,
                None => done.missing.push(*named),
            },
            Action::Remove => done.missing.push(*named),
            Action::Delete | Action::AddPrefix | Action::RemovePrefix => {}
        }
    }
    done
}

/// Notes what a change of addresses has come to.
fn told(change: &Change, done: &Done, cx: &mut Apply<'_>) {
    let missing = &done.missing;
    if done.changed {
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
            .missing(&["interface"], &change.name)
            .missing(&["address", "address6", "vipa"], address.address)
            .note("it must be one that IPADDR or ADDADDR gave the interface"),
        );
    }
}

fn loopback(change: &Change, cx: &mut Apply<'_>) {
    match change.action {
        Action::Add | Action::Remove => {
            let done = change_list(&mut cx.config.interface.loopback, change);
            told(change, &done, cx);
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
        cx.change_because(change.at, Kind::Open, what(change), names::OPEN);
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
