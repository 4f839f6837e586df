//! SOURCEVIPA: a static VIPA by the order of HOME or by SOURCEVIPAINTERFACE (04:2.3).

use std::net::IpAddr;

use super::source::Asked;
use super::source_select;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::AddrId;
use crate::model::{InterfaceKind, InterfaceModel, NetworkModel};
use crate::outcome::{Answer, Ctx};

const AT: &str = "04:2.1#8";
const RULE: &str = "04:2.3";

/// SOURCEVIPA of IPCONFIG or IPCONFIG6, by the family of the destination.
pub(super) fn enabled(c: &Cluster, asked: &Asked<'_>) -> bool {
    c.stack(asked.stack).is_some_and(|s| {
        if asked.to.is_ipv4() { s.config.source_vipa } else { s.config.network.source_vipa6 }
    })
}

/// Step 8: the static VIPA for packets that leave over the interface.
pub(super) fn find(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>, out: &InterfaceModel) -> Option<AddrId> {
    if !ctx.ask(AT, "Is SOURCEVIPA in force for the family?", enabled(c, asked)) {
        return None;
    }
    let bypassed = asked.options.no_source_vipa;
    if ctx.ask(AT, "Has the socket the option NOSOURCEVIPA?", bypassed) {
        return None;
    }
    let network = &c.stack(asked.stack)?.config.network;
    let vipas: Vec<IpAddr> = match out.kind {
        InterfaceKind::Link => {
            ctx.assume(Assumption::HomeOrder);
            let vipa = before(network, &out.name).filter(|a| a.is_ipv4() == asked.to.is_ipv4());
            if !ctx.ask(RULE, "Does a static VIPA stand before the link in HOME?", vipa.is_some()) {
                return None;
            }
            vipa.into_iter().collect()
        }
        InterfaceKind::Interface | InterfaceKind::DynamicXcf | InterfaceKind::Loopback => {
            let named = out.source_vipa.as_deref();
            if !ctx.ask(RULE, "Has the interface a SOURCEVIPAINTERFACE?", named.is_some()) {
                return None;
            }
            let vipa = network.interfaces.iter().find(|i| Some(i.name.as_str()) == named && i.is_virtual);
            if !ctx.ask(RULE, "Is the interface that it names a static VIPA?", vipa.is_some()) {
                return None;
            }
            let family = |a: &IpAddr| a.is_ipv4() == asked.to.is_ipv4();
            vipa.into_iter().flat_map(|i| i.addresses.iter().map(|a| a.address)).filter(family).collect()
        }
    };
    let address = source_select::pick(c, ctx, asked, &vipas, Some(&out.name))?;
    ctx.note(AT, "Leave from the static VIPA:", || Answer::Address(c.address(address)));
    Some(address)
}

/// The VIPA closest before a link in the HOME list.
fn before(network: &NetworkModel, link: &str) -> Option<IpAddr> {
    let home = || network.interfaces.iter().filter(|i| i.kind == InterfaceKind::Link);
    let place = home().position(|i| i.name == link)?;
    let vipa = home().take(place).filter(|i| i.is_virtual).last()?;
    vipa.addresses.first().map(|a| a.address)
}
