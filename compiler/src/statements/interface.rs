//! INTERFACE: DEFINE, DELETE, and the changes of IPv6 addresses (03 4 to 6).

use std::collections::BTreeSet;
use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::interface as slot;
use grammar::tree::{StmtView, Word};
use grammar::values;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{interface_several_vlans, interface_twice};
use crate::statements::addresses::Addresses;
use crate::statements::interface_types::{Address, Interface, InterfaceKind, Named, Smcr, Spots, Vmac};
use crate::statements::undetermined::Missing;
use crate::statements::{coded, interface_change, interface_checks, interface_vlan, names, undetermined};
use crate::summary::HomeAddress;
use crate::table::{Keyed, Table, key};

/// The types by their slots.
const TYPES: &[(Slot, InterfaceKind)] = &[
    (slot::IPAQENET, InterfaceKind::Ipaqenet),
    (slot::IPAQENET6, InterfaceKind::Ipaqenet6),
    (slot::EQENET, InterfaceKind::Eqenet),
    (slot::EQENET6, InterfaceKind::Eqenet6),
    (slot::IPAQIDIO, InterfaceKind::Ipaqidio),
    (slot::IPAQIDIO6, InterfaceKind::Ipaqidio6),
    (slot::MPCPTP6, InterfaceKind::Mpcptp6),
    (slot::VIRTUAL, InterfaceKind::Virtual),
    (slot::VIRTUAL6, InterfaceKind::Virtual6),
];

/// What changes on an interface that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// DELETE.
    Delete,
    /// ADDADDR.
    Add,
    /// DELADDR.
    Remove,
    /// DEPRADDR.
    Deprecate,
    /// ADDTEMPPREFIX.
    AddPrefix,
    /// DELTEMPPREFIX.
    RemovePrefix,
}

/// A change of an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The interface.
    pub name: String,
    /// What happens.
    pub action: Action,
    /// Addresses.
    pub addresses: Vec<Address>,
    /// Prefixes for temporary addresses.
    pub prefixes: Vec<(String, At)>,
    /// The name in the text.
    pub at: At,
    /// The action in the text.
    pub action_at: At,
}

/// What an INTERFACE statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Define(Box<Interface>),
    Change(Change),
}

/// An INTERFACE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Said);

/// An IPv4 or IPv6 interface that an OSA has or had since the stack started (DEV-33).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// PORTNAME.
    pub name: String,
    /// Family.
    pub ipv6: bool,
    /// The interface.
    pub interface: String,
    /// Its name in the text.
    pub at: At,
}

impl Keyed for Port {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(of_port(&self.name, self.ipv6));
    }
}

/// The key of what is on an OSA port for a family.
#[must_use]
pub fn of_port(name: &str, ipv6: bool) -> u64 {
    key((name, ipv6))
}

/// The interfaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of definition.
    pub list: Table<Interface>,
    /// More addresses of LOOPBACK6.
    pub loopback: Addresses,
    /// What OSA ports have or had.
    #[serde(skip)]
    pub ports: Table<Port>,
}

impl Part {
    /// The addresses of the interfaces, without the prefixes that the stack completes. A VIPA that an interface names as its
    /// source stands before it, as HOME would have it; other VIPAs stand last.
    pub fn home(&self) -> impl Iterator<Item = HomeAddress> {
        let mut order: Vec<&Interface> = Vec::with_capacity(self.list.len());
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for interface in self.list.iter().filter(|interface| !interface.kind.is_virtual()) {
            let source = interface.source_vipa.as_ref();
            let vipa = source.and_then(|source| {
                self.list.find(key(source.name.as_str()), |vipa| vipa.name == source.name)
            });
            order.extend(vipa.into_iter().chain([interface]).filter(|one| seen.insert(&one.name)));
        }
        let rest: Vec<&Interface> =
            self.list.iter().filter(|one| !seen.contains(one.name.as_str())).collect();
        order.into_iter().chain(rest).flat_map(|interface| {
            interface.addresses.iter().filter(|address| !address.is_prefix()).map(|address| HomeAddress {
                address: address.address,
                link: interface.name.clone(),
                is_virtual: interface.kind.is_virtual(),
                statement: "INTERFACE",
                at: address.at,
            })
        })
    }
}

/// Reads an INTERFACE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let Some(name) = parts.get(slot::INTERFACE) else { return Typed(Said::Nothing) };
    if let Some((_, kind)) = TYPES.iter().find(|(slot, _)| parts.has(*slot)) {
        return Typed(Said::Define(Box::new(defined(name, *kind, view, cx))));
    }
    let actions = [
        (slot::DELETE, Action::Delete),
        (slot::ADDADDR, Action::Add),
        (slot::DELADDR, Action::Remove),
        (slot::DEPRADDR, Action::Deprecate),
        (slot::ADDTEMPPREFIX, Action::AddPrefix),
        (slot::DELTEMPPREFIX, Action::RemovePrefix),
    ];
    let found = actions.iter().find_map(|(slot, action)| Some((parts.get(*slot)?, *action)));
    let Some((word, action)) = found else { return Typed(Said::Nothing) };
    Typed(Said::Change(Change {
        name: name.upper(),
        action,
        addresses: parts.all(slot::ADDRESS6).filter_map(|word| address(word, cx)).collect(),
        prefixes: parts.all(slot::TEMPORARY).map(|word| (word.upper(), cx.at(word.span))).collect(),
        at: cx.at(name.span),
        action_at: cx.at(word.span),
    }))
}

/// Keywords of operands that have a field of their own, and of those that say what holds anyway.
const TYPED: &[Slot] = &[
    slot::TEMPPREFIX,
    slot::CHPIDTYPE,
    slot::PORTNAME,
    slot::CHPID,
    slot::DEVNUM,
    slot::TRLENAME,
    slot::IPADDR,
    slot::TEMPIP,
    slot::INTFID,
    slot::NONROUTER,
    slot::PRIROUTER,
    slot::SECROUTER,
    slot::VLANID,
    slot::VMAC,
    slot::SMCR,
    slot::PFID,
    slot::SMCRIPADDR,
    slot::SOURCEVIPAINTERFACE,
    slot::MTU,
    slot::MONSYSPLEX,
    slot::NOMONSYSPLEX,
    slot::NODYNVLANREG,
];

fn defined(name: Word<'_>, kind: InterfaceKind, view: &StmtView<'_>, cx: &Read<'_>) -> Interface {
    let parts = &view.parts;
    let text = |slot: Slot| parts.get(slot).map(|word| word.upper());
    let hex = |slot: Slot| parts.get(slot).and_then(|word| u32::from_str_radix(word.text(), 16).ok());
    let number = |slot: Slot| parts.get(slot).and_then(|word| word.number());
    let spot = |slot: Slot| parts.get(slot).map(|word| cx.at(word.span));
    let addresses = [slot::ADDRESS, slot::VIPA, slot::ADDRESS6];
    let mtu = [
        slot::IPAQENET_MTU,
        slot::IPAQENET6_MTU,
        slot::EQENET_MTU,
        slot::IPAQIDIO_MTU,
        slot::IPAQIDIO6_MTU,
        slot::MPCPTP6_MTU,
    ];
    let router = spot(slot::PRIROUTER).map(|at| (at, "PRIROUTER"));
    let router = router.or_else(|| spot(slot::SECROUTER).map(|at| (at, "SECROUTER")));
    let no_use = parts.groups(slot::NO_USE).next().and_then(|group| {
        let (slot, _) = group.tokens().next()?;
        Some((cx.at(group.span()?), view.desc()?.slot_desc(slot)?.name))
    });
    // A list of prefixes has a field of its own, ALL and NONE have not.
    let typed = if parts.has(slot::TEMPORARY) { TYPED } else { TYPED.get(1..).unwrap_or(TYPED) };
    Interface {
        name: name.upper(),
        kind,
        port: text(slot::PORT_NAME),
        channel_path: hex(slot::CHANNEL_PATH),
        device_number: hex(slot::DEVICE_NUMBER),
        trle: text(slot::TRLE_NAME),
        osx: parts.has(slot::OSX),
        addresses: addresses
            .iter()
            .flat_map(|slot| parts.all(*slot))
            .filter_map(|word| address(word, cx))
            .collect(),
        temporary: parts.has(slot::TEMPIP),
        interface_id: text(slot::INTERFACE_ID),
        vlan: number(slot::VLAN),
        vmac: parts.get(slot::VMAC).map(|word| Vmac {
            mac: text(slot::MAC_ADDRESS),
            route_all: !parts.has(slot::ROUTELCL),
            at: cx.at(parts.get(slot::MAC_ADDRESS).map_or(word.span, |mac| mac.span)),
        }),
        smcr: parts.get(slot::SMCR).map(|word| Smcr {
            function: text(slot::FUNCTION_ID),
            address: parts.get(slot::SMCR_ADDRESS).and_then(|word| word.ipv4()),
            at: cx.at(word.span),
            address_at: cx.at(parts.get(slot::SMCR_ADDRESS).map_or(word.span, |word| word.span)),
        }),
        source_vipa: parts.get(slot::SOURCE_VIPA).map(|word| Named {
            name: word.upper(),
            at: cx.at(word.span),
            was_there: false,
        }),
        mtu: mtu.iter().find_map(|slot| number(*slot)),
        router: router.map(|(_, router)| router.to_owned()),
        monitored: parts.has(slot::MONSYSPLEX),
        temporary_prefixes: parts.all(slot::TEMPORARY).map(|word| word.upper()).collect(),
        options: coded::read_of_type(view, typed),
        at: cx.at(name.span),
        spots: Spots {
            router: router.map(|(at, _)| at),
            register: spot(slot::DYNVLANREG),
            workload: spot(slot::WORKLOADQ),
            inbperf: spot(slot::INBPERF),
            olm: spot(slot::OLM),
            osx: spot(slot::OSX),
            no_use,
            vlan: spot(slot::VLAN),
            unread: parts.tokens().any(|(_, word)| word.text().contains('&')),
        },
    }
}

/// An address with or without its length; /0 is no length (ADR-02).
fn address(word: Word<'_>, cx: &Read<'_>) -> Option<Address> {
    let (address, bits) = match values::net(word.text()) {
        Some((address, bits)) => (address, (bits > 0).then_some(bits)),
        None => (word.ip()?, None),
    };
    Some(Address { address, bits, deprecated: false, at: cx.at(word.span) })
}

impl Typed {
    /// DEFINE adds, DELETE takes off, the others change addresses (03 14.1).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        match &self.0 {
            Said::Nothing => {}
            Said::Define(interface) => define(interface, cx),
            Said::Change(change) => interface_change::apply(change, cx),
        }
    }

    /// A mistake has cost the statement: what refers to the interface needs no finding of its own.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        match &self.0 {
            Said::Define(interface) => {
                cx.config.device.refused.insert(interface.name.clone());
            }
            Said::Nothing | Said::Change(_) => {}
        }
    }
}

fn define(interface: &Interface, cx: &mut Apply<'_>) {
    let before = cx.reports.len();
    add(interface, cx);
    // Only a statement for the same interface can have what is missed, but for what several have in common.
    let own = |report: &&mut Report| report.rule != interface_several_vlans::RULE.name;
    for report in cx.reports.iter_mut().skip(before).filter(own) {
        report.missing.push(Missing { operands: &["interface"], value: interface.name.clone() });
    }
}

fn add(interface: &Interface, cx: &mut Apply<'_>) {
    let what = format!("INTERFACE {}", interface.name);
    if let Some(first) = names::interface(cx.config, &interface.name).cloned() {
        if interface.same(&first) {
            cx.change(interface.at, Kind::Unchanged, what);
            if cx.phase == Phase::Obey {
                return;
            }
        } else {
            cx.change_because(interface.at, Kind::Refused, what, "an interface of this name is there");
        }
        cx.reports.push(twice(interface, first.at));
        return;
    }
    // One of which not all is known is there as well.
    let beside = |word: &undetermined::Word| word.defines && word.at != interface.at;
    if let Some(first) = cx.config.undetermined.stated(&["INTERFACE"], &interface.name, beside) {
        cx.reports.push(twice(interface, first));
        cx.change_because(interface.at, Kind::Refused, what, "an interface of this name is there");
        return;
    }
    let refused = interface_checks::refusal(interface, cx)
        .or_else(|| interface_vlan::refusal(interface, cx))
        .or_else(|| interface_checks::duplicate_address(interface, cx));
    if let Some(why) = refused {
        cx.config.device.refused.insert(interface.name.clone());
        cx.change_because(interface.at, Kind::Refused, what, why);
        return;
    }
    cx.config.device.refused.remove(&interface.name);
    let mut interface = interface.clone();
    if let Some(source) = &mut interface.source_vipa {
        source.was_there = names::link(cx.config, &source.name).is_some()
            || names::interface(cx.config, &source.name).is_some();
    }
    interface_checks::advice(&interface, cx);
    if let Some(port) = interface.port.clone().filter(|_| interface.kind.is_osa()) {
        cx.config.interface.ports.push(Port {
            name: port,
            ipv6: interface.kind.is_ipv6(),
            interface: interface.name.clone(),
            at: interface.at,
        });
    }
    cx.change(interface.at, Kind::Added, what);
    cx.config.interface.list.push(interface);
}

/// Where an address already is on this stack: the name of its link or interface, and the place.
#[must_use]
pub fn holder(config: &crate::statements::Config, address: IpAddr) -> Option<(String, At)> {
    let home = match address {
        IpAddr::V4(address) => config.home.list.with(key(address)).find(|entry| entry.address == address),
        IpAddr::V6(_) => None,
    };
    if let Some(entry) = home {
        return Some((entry.link.to_string(), entry.at));
    }
    config.interface.list.with(key(address)).find_map(|interface| {
        let same = interface.addresses.find(address, |known| !known.is_prefix());
        same.map(|known| (interface.name.clone(), known.at))
    })
}

/// A second DEFINE of a name.
fn twice(interface: &Interface, first: At) -> Report {
    let name = &interface.name;
    Report::new(
        &interface_twice::RULE,
        interface.at,
        format!("interface {name} is there already, and another DEFINE changes few operands or none"),
    )
    .related(first, "first here")
    .note(format!(
        "to change it: STOP in one OBEYFILE, then `INTERFACE {name} DELETE`, DEFINE and START in the next"
    ))
}
