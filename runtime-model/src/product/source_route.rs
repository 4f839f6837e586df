//! The outbound interface: what is attached, the partners over dynamic XCF, and the static routes (03:RTE-10, RTE-17).

use std::net::IpAddr;

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::StackId;
use crate::model::{InterfaceKind, InterfaceModel};
use crate::outcome::{Answer, Ctx};

/// The interface that a packet to the address leaves over. None when the stack has no interface of the family.
pub(super) fn outbound<'c>(
    c: &'c Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    to: IpAddr,
) -> Option<&'c InterfaceModel> {
    const AT: &str = "03:7";
    let network = &c.stack(stack)?.config.network;
    let own = |i: &&InterfaceModel| i.addresses.iter().any(|a| a.address == to);
    if let Some(found) = network.interfaces.iter().find(own) {
        ctx.note(AT, "The destination is an address of this stack, on:", || Answer::Name(found.name.clone()));
        return Some(found);
    }
    let xcf = |i: &&InterfaceModel| {
        i.kind == InterfaceKind::DynamicXcf && i.addresses.iter().any(|a| a.address.is_ipv4() == to.is_ipv4())
    };
    let partner = c
        .stack_ids()
        .any(|s| c.is_partner(stack, s) && c.stack(s).is_some_and(|p| p.config.xcf.contains(&to)));
    if partner && let Some(found) = network.interfaces.iter().find(xcf) {
        ctx.note(AT, "The destination is the dynamic XCF address of a partner: leave over", || {
            Answer::Name(found.name.clone())
        });
        return Some(found);
    }
    ctx.assume(Assumption::StaticRoutes);
    let routes = network.routes.iter().filter(|route| route.destination.contains(&to));
    let longest = routes.clone().map(|route| route.destination.prefix_len()).max();
    let mut best = routes
        .filter(|route| Some(route.destination.prefix_len()) == longest)
        .filter_map(|route| network.interfaces.iter().find(|i| i.name == route.interface && !i.is_virtual));
    let first = best.next();
    if ctx.ask(AT, "Is there a static route to the destination?", first.is_some()) {
        let spread = if to.is_ipv4() { network.multipath.ipv4 } else { network.multipath.ipv6 };
        if spread && best.next().is_some() {
            ctx.assume(Assumption::Multipath);
        }
        ctx.note(AT, "The longest one leads over:", || {
            Answer::Name(first.map(|i| i.name.clone()).unwrap_or_default())
        });
        return first;
    }
    let family = |i: &&InterfaceModel| {
        let real = !i.is_virtual && i.kind != InterfaceKind::Loopback;
        real && i.addresses.iter().any(|a| a.address.is_ipv4() == to.is_ipv4())
    };
    let mut real = network.interfaces.iter().filter(family);
    let found = real.next()?;
    ctx.assume(Assumption::NoRoute);
    ctx.note(AT, "Take the first interface of the family:", || Answer::Name(found.name.clone()));
    Some(found)
}
