//! What an INTERFACE DEFINE needs, and what in it is likely not meant (03 4.2, 5, 6).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::apply::Apply;
use crate::place::At;
use crate::report::Report;
use crate::rules::{
    home_address_reserved, home_address_twice, interface_address_impossible,
    interface_dynvlanreg_without_vlan, interface_mask_missing, interface_olm_inbperf,
    interface_operand_missing, interface_operand_without_use, interface_osx_without_vlan,
    interface_router_with_vmac, interface_smcr_address, interface_vmac_form, interface_vmac_twice,
    interface_workloadq_without_vmac, link_interface_name, name_of_the_stack,
};
use crate::statements::interface::holder;
use crate::statements::interface_types::{Interface, InterfaceKind, Smcr};
use crate::statements::names;
use crate::table::key;

/// What makes the stack refuse an interface, with a finding.
pub fn refusal(interface: &Interface, cx: &mut Apply<'_>) -> Option<&'static str> {
    if interface.name == "IQDIOINTF6" {
        cx.reports.push(
            Report::new(
                &name_of_the_stack::RULE,
                interface.at,
                "IQDIOINTF6 is the HiperSockets interface of dynamic XCF and cannot be defined by hand",
            )
            .note("the stack makes it when DYNAMICXCF of IPCONFIG6 is on; give your interface another name"),
        );
        return Some("a name that the stack gives");
    }
    if names::made(&interface.name) == Some(names::Made::Loopback) {
        cx.reports.push(
            Report::new(
                &name_of_the_stack::RULE,
                interface.at,
                format!("{} is always there and cannot be defined", interface.name),
            )
            .note("more IPv4 addresses: `HOME address LOOPBACK`; more IPv6 addresses: `INTERFACE LOOPBACK6 ADDADDR address`")
            .unconfirmed(),
        );
        return Some("a name that the stack gives");
    }
    // A symbol without a value may be any of them, and has its finding.
    let needs = if interface.spots.unread { Vec::new() } else { missing(interface) };
    for (operand, sure) in &needs {
        let report = Report::new(
            &interface_operand_missing::RULE,
            interface.at,
            format!("{} interface {} needs {operand}", interface.kind.keyword(), interface.name),
        );
        cx.reports.push(if *sure { report } else { report.unconfirmed() });
    }
    if needs.iter().any(|(_, sure)| *sure) {
        return Some("a required operand is missing");
    }
    let bare = interface.addresses.iter().find(|address| address.bits.is_none());
    if let Some(address) = bare.filter(|_| interface.kind == InterfaceKind::Eqenet) {
        cx.reports.push(
            Report::new(
                &interface_mask_missing::RULE,
                address.at,
                format!(
                    "{} of EQENET interface {} needs the length of its mask",
                    address.address, interface.name
                ),
            )
            .note(format!("write `{}/24`, or whatever the subnet is", address.address)),
        );
        return Some("the mask is missing");
    }
    None
}

/// Operands that are not there; true where a source says that they must be (03 4.2).
fn missing(interface: &Interface) -> Vec<(&'static str, bool)> {
    let none = interface.addresses.is_empty();
    let mut out = Vec::new();
    let mut need = |wanted: bool, operand: &'static str, sure: bool| {
        if wanted {
            out.push((operand, sure));
        }
    };
    let port = interface.port.is_none()
        && interface.channel_path.is_none()
        && interface.device_number.is_none()
        && !interface.osx;
    match interface.kind {
        InterfaceKind::Ipaqenet => {
            need(port, "PORTNAME", true);
            need(none && !interface.temporary, "IPADDR or TEMPIP", true);
        }
        InterfaceKind::Ipaqenet6 => need(port, "PORTNAME", true),
        InterfaceKind::Eqenet => {
            need(interface.device_number.is_none(), "DEVNUM", true);
            need(none && !interface.temporary, "IPADDR or TEMPIP", true);
        }
        InterfaceKind::Eqenet6 => {
            need(interface.device_number.is_none(), "DEVNUM", true);
            need(none, "IPADDR", false);
        }
        InterfaceKind::Ipaqidio => {
            need(interface.channel_path.is_none(), "CHPID", true);
            need(none, "IPADDR", true);
        }
        InterfaceKind::Ipaqidio6 => need(interface.channel_path.is_none(), "CHPID", false),
        InterfaceKind::Mpcptp6 => need(interface.trle.is_none(), "TRLENAME", true),
        InterfaceKind::Virtual6 => need(none, "IPADDR", false),
        InterfaceKind::Virtual => {}
    }
    out
}

/// An address that is on the stack already: the interface is refused (HOM-10, SYS-01).
pub fn duplicate_address(interface: &Interface, cx: &mut Apply<'_>) -> Option<&'static str> {
    let mut own: BTreeMap<IpAddr, At> = BTreeMap::new();
    for address in &interface.addresses {
        let first = own.get(&address.address).map(|at| (interface.name.clone(), *at));
        own.entry(address.address).or_insert(address.at);
        if address.is_prefix() {
            continue;
        }
        let Some((name, at)) = first.or_else(|| holder(cx.config, address.address)) else { continue };
        cx.reports.push(
            Report::new(
                &home_address_twice::RULE,
                address.at,
                format!("{} is already an address of {name} on this stack", address.address),
            )
            .related(at, format!("{} first stands here", address.address))
            .note("give each interface an address of its own"),
        );
        cx.say("EZZ0619I", address.at, format!("{} is on the stack twice", address.address));
        return Some("the address is already on the stack");
    }
    None
}

/// What is legal and hardly meant, or not confirmed by any source.
pub fn advice(interface: &Interface, cx: &mut Apply<'_>) {
    if let Some(link) = names::link(cx.config, &interface.name) {
        cx.reports.push(
            Report::new(
                &link_interface_name::RULE,
                interface.at,
                format!("{} is an interface and a link", interface.name),
            )
            .related(link.at, "the link")
            .note("ROUTE and PRIMARYINTERFACE take both, so each name should be there once"),
        );
    }
    addresses(interface, cx);
    vmac(interface, cx);
    options(interface, cx);
    if let Some(smcr) = &interface.smcr {
        smcr_operands(interface, smcr, cx);
    }
}

fn addresses(interface: &Interface, cx: &mut Apply<'_>) {
    for address in &interface.addresses {
        match address.address {
            IpAddr::V4(value) => {
                if let Some(report) = reserved(value, address.at) {
                    cx.reports.push(report);
                }
            }
            IpAddr::V6(value) => {
                if let Some(what) = impossible(value) {
                    cx.reports.push(
                        Report::new(
                            &interface_address_impossible::RULE,
                            address.at,
                            format!("{value} is {what}, which {} cannot be given", interface.name),
                        )
                        .note(
                            "the stack makes link-local addresses itself; give a global or unique local one",
                        ),
                    );
                }
            }
        }
    }
}

/// An address that no interface can have (HOM-09).
#[must_use]
pub fn reserved(address: Ipv4Addr, at: At) -> Option<Report> {
    let what = if address.is_unspecified() {
        "no address"
    } else if address.is_multicast() {
        "a multicast address"
    } else if address.octets().first().is_some_and(|first| *first >= 240) {
        "in the reserved class E"
    } else {
        return None;
    };
    Some(Report::new(
        &home_address_reserved::RULE,
        at,
        format!("{address} is {what} and cannot be a home address"),
    ))
}

fn impossible(address: Ipv6Addr) -> Option<&'static str> {
    if address.is_loopback() {
        Some("the loopback address")
    } else if address.is_unspecified() {
        Some("no address")
    } else if address.is_multicast() {
        Some("a multicast address")
    } else if address.is_unicast_link_local() {
        Some("a link-local address")
    } else if address.to_ipv4_mapped().is_some() {
        Some("an IPv4 address in IPv6 form")
    } else {
        None
    }
}

fn vmac(interface: &Interface, cx: &mut Apply<'_>) {
    let Some(vmac) = &interface.vmac else { return };
    if let Some(at) = interface.spots.router {
        cx.reports.push(
            Report::new(
                &interface_router_with_vmac::RULE,
                at,
                format!("{} has a MAC address of its own, so its router role has no effect", interface.name),
            )
            .related(vmac.at, "VMAC stands here")
            .note("the adapter finds the stack by VMAC; take PRIROUTER or SECROUTER out"),
        );
    }
    let Some(mac) = &vmac.mac else { return };
    if mac.len() == 12 && !mac.get(1..2).is_some_and(|digit| "26AE".contains(digit)) {
        cx.reports.push(
            Report::new(
                &interface_vmac_form::RULE,
                vmac.at,
                format!("{mac} is no locally administered MAC address for one host"),
            )
            .note("its second digit must be 2, 6, A or E"),
        );
    }
    let twin = cx.config.interface.list.find(key(mac.as_str()), |other| {
        other.vmac.as_ref().and_then(|other| other.mac.as_ref()) == Some(mac)
    });
    if let Some(twin) = twin {
        let first = twin.vmac.as_ref().map_or(twin.at, |vmac| vmac.at);
        cx.reports.push(
            Report::new(
                &interface_vmac_twice::RULE,
                vmac.at,
                format!("{} and {} have the same MAC address {mac}", twin.name, interface.name),
            )
            .related(first, format!("VMAC of {}", twin.name))
            .note("give each interface an address of its own, or leave it out and the adapter makes one"),
        );
    }
}

fn options(interface: &Interface, cx: &mut Apply<'_>) {
    let spots = &interface.spots;
    let name = &interface.name;
    if let Some((at, keyword)) = spots.no_use {
        cx.reports.push(
            Report::new(
                &interface_operand_without_use::RULE,
                at,
                format!(
                    "{} has no use on {name}, which is {}",
                    keyword.to_ascii_uppercase(),
                    interface.kind.keyword()
                ),
            )
            .note("take it out; no source says whether the stack passes over it or refuses the statement"),
        );
        return;
    }
    if let Some(at) = spots.register.filter(|_| interface.vlan.is_none()) {
        cx.reports.push(
            Report::new(
                &interface_dynvlanreg_without_vlan::RULE,
                at,
                format!("DYNVLANREG of interface {name} has no VLAN to register"),
            )
            .note("add VLANID, or take DYNVLANREG out"),
        );
    }
    if let Some(at) = spots.osx.filter(|_| interface.vlan.is_none()) {
        cx.reports.push(
            Report::new(&interface_osx_without_vlan::RULE, at, format!("OSX interface {name} has no VLANID"))
                .note("an interface of an ensemble network belongs to a VLAN"),
        );
    }
    if let (Some(olm), Some(inbperf)) = (spots.olm, spots.inbperf) {
        cx.reports.push(
            Report::new(
                &interface_olm_inbperf::RULE,
                inbperf,
                format!("OLM of interface {name} wins over INBPERF, which has no effect"),
            )
            .related(olm, "OLM stands here")
            .note("keep one of them"),
        );
    }
    let routed = interface.vmac.as_ref().is_some_and(|vmac| vmac.route_all);
    if let Some(at) = spots.workload.filter(|_| !routed) {
        cx.reports.push(
            Report::new(
                &interface_workloadq_without_vmac::RULE,
                at,
                format!("WORKLOADQ of interface {name} needs VMAC with ROUTEALL"),
            )
            .note("add VMAC; ROUTEALL is its default"),
        );
    }
}

fn smcr_operands(interface: &Interface, smcr: &Smcr, cx: &mut Apply<'_>) {
    let name = &interface.name;
    let Some(address) = smcr.address else { return };
    if smcr.function.is_none() {
        cx.reports.push(
            Report::new(
                &interface_smcr_address::RULE,
                smcr.address_at,
                format!("SMCRIPADDR of {name} needs PFID beside it"),
            )
            .note("SMC-R version 2 takes the RoCE function from PFID and its address from SMCRIPADDR"),
        );
        return;
    }
    if interface.kind.is_ipv6() {
        cx.reports.push(
            Report::new(
                &interface_smcr_address::RULE,
                smcr.address_at,
                format!("SMCRIPADDR is for IPv4, and {name} is {}", interface.kind.keyword()),
            )
            .note("SMC-R version 2 works over IPv4 only"),
        );
        return;
    }
    let subnets: Vec<_> = interface.subnets().collect();
    let shown: Vec<String> = subnets.iter().map(ToString::to_string).collect();
    // It may also be the address of another OSA of the same physical network.
    let elsewhere = holder(cx.config, IpAddr::V4(address)).is_some();
    if !elsewhere && !subnets.iter().any(|net| net.contains(&address)) && !interface.temporary {
        let report = Report::new(
            &interface_smcr_address::RULE,
            smcr.address_at,
            format!("SMCRIPADDR {address} is not in the subnet of {name}"),
        );
        cx.reports.push(if shown.is_empty() {
            report.note("IPADDR has no mask; write the address with the length of its mask")
        } else {
            report.note(format!("subnet of {name}: {}", shown.join(", ")))
        });
    }
}
