//! Several interfaces on one OSA port, Network Express or HiperSockets channel path (03 4.1): the nine reasons of EZD0044I.

use crate::apply::Apply;
use crate::place::At;
use crate::report::Report;
use crate::rules::interface_several_vlans;
use crate::statements::interface_types::Interface;
use crate::table::key;

/// At most so many interfaces share hardware for one family (VLN-06).
const MOST: usize = 32;

/// What is wrong, the place, and the earlier interface it has to do with.
struct Broken {
    message: String,
    at: At,
    earlier: Option<(At, String)>,
    mend: &'static str,
}

/// Whether the later of several interfaces breaks the rules; it is ignored, the earlier ones stay.
pub fn refusal(interface: &Interface, cx: &mut Apply<'_>) -> Option<&'static str> {
    let hardware = interface.hardware()?;
    let others: Vec<&Interface> = cx
        .config
        .interface
        .list
        .with(key(hardware.as_str()))
        .filter(|other| other.kind.is_ipv6() == interface.kind.is_ipv6())
        .filter(|other| other.hardware().as_ref() == Some(&hardware))
        .collect();
    if others.is_empty() {
        return None;
    }
    let broken = broken(interface, &others, &hardware)?;
    let mut report = Report::new(&interface_several_vlans::RULE, broken.at, broken.message)
        .note(format!("{hardware} already has {} of this family, so this one is ignored", named(&others)))
        .note(broken.mend);
    if let Some((at, label)) = broken.earlier {
        report = report.related(at, label);
    }
    cx.reports.push(report);
    cx.say(
        "EZZ0618I",
        interface.at,
        format!("interface {} breaks the rules for several VLANs", interface.name),
    );
    cx.say("EZD0044I", interface.at, format!("interface {} is not allowed", interface.name));
    Some("the rules for several VLANs on one adapter")
}

fn named(others: &[&Interface]) -> String {
    match others {
        [one] => format!("interface {}", one.name),
        many => format!("{} interfaces", many.len()),
    }
}

fn broken(interface: &Interface, others: &[&Interface], hardware: &str) -> Option<Broken> {
    let name = &interface.name;
    let here = |message: String, mend| Some(Broken { message, at: interface.at, earlier: None, mend });
    let earlier = |message: String, other: &Interface, label: &str, mend| {
        let earlier = Some((other.at, label.to_owned()));
        Some(Broken { message, at: interface.at, earlier, mend })
    };
    if others.len() >= MOST {
        return here(
            format!("{name} is the 33rd interface on {hardware}"),
            "32 of a family can share an adapter",
        );
    }
    let each = "each interface that shares an adapter has a VLANID of its own";
    let Some(vlan) = interface.vlan else {
        return here(format!("{name} shares {hardware} and has no VLANID"), each);
    };
    if let Some(other) = others.iter().find(|other| other.vlan.is_none()) {
        return earlier(
            format!("{name} shares {hardware} with {}, which has no VLANID", other.name),
            other,
            "no VLANID here",
            each,
        );
    }
    if let Some(other) = others.iter().find(|other| other.vlan == Some(vlan)) {
        return Some(Broken {
            message: format!("{name} and {} are both in VLAN {vlan} of {hardware}", other.name),
            at: interface.spots.vlan.unwrap_or(interface.at),
            earlier: Some((other.spots.vlan.unwrap_or(other.at), format!("VLAN of {}", other.name))),
            mend: each,
        });
    }
    let routed = |one: &Interface| one.vmac.as_ref().is_some_and(|vmac| vmac.route_all);
    let vmac = "each OSA interface that shares an adapter has VMAC, with ROUTEALL or nothing behind it";
    if interface.kind.is_osa() {
        // Network Express makes a MAC address when none is given (EQ-03).
        let generated = |one: &Interface| one.vmac.is_none() && one.port.is_none();
        if !routed(interface) && !generated(interface) {
            return here(format!("{name} shares {hardware} and has no VMAC ROUTEALL"), vmac);
        }
        if let Some(other) = others.iter().find(|other| !routed(other) && !generated(other)) {
            return earlier(
                format!("{name} shares {hardware} with {}, which has no VMAC ROUTEALL", other.name),
                other,
                "no VMAC ROUTEALL here",
                vmac,
            );
        }
    }
    if interface.kind.is_ipv6() {
        return None;
    }
    let mask = "each IPv4 interface that shares an adapter has its address with the length of the mask, as 192.0.2.1/24";
    if interface.subnets().next().is_none() {
        return here(format!("{name} shares {hardware} and its IPADDR has no mask"), mask);
    }
    if let Some(other) = others.iter().find(|other| other.subnets().next().is_none()) {
        return earlier(
            format!("{name} shares {hardware} with {}, whose IPADDR has no mask", other.name),
            other,
            "no mask here",
            mask,
        );
    }
    for net in interface.subnets() {
        let overlap =
            |other: &Interface| other.subnets().find(|known| known.contains(&net) || net.contains(known));
        if let Some((other, known)) = others.iter().find_map(|other| Some((other, overlap(other)?))) {
            return Some(Broken {
                message: format!("subnet {net} of {name} overlaps {known} of {} on {hardware}", other.name),
                at: interface.addresses.first().map_or(interface.at, |address| address.at),
                earlier: Some((
                    other.addresses.first().map_or(other.at, |address| address.at),
                    format!("{known} of {}", other.name),
                )),
                mend: "the interfaces that share an adapter are in different subnets",
            });
        }
    }
    None
}
