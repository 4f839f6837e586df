//! Addresses of HOME and INTERFACE against NETSTAT HOME. DVIPAs are state and are compared elsewhere.

use std::net::IpAddr;

use runtime_model::model::Model;

use super::{Kind, Pair};

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>, model: &Model) {
    let Some(said) = pair.seen.home.clone() else { return };
    let dynamic = |address: IpAddr, link: Option<&str>| {
        let named = link.is_some_and(|link| link.to_ascii_uppercase().starts_with("VIPL"));
        named
            || model.stacks.iter().any(|stack| {
                stack.dvipas.iter().any(|dvipa| dvipa.address == address)
                    || stack.ranges.iter().any(|range| range.subnet.contains(&address))
            })
    };
    let own = |address: IpAddr| match address {
        IpAddr::V4(address) => !address.is_loopback(),
        IpAddr::V6(address) => !address.is_loopback() && !address.is_unicast_link_local(),
    };
    let runs: Vec<IpAddr> = said
        .what
        .iter()
        .filter(|row| own(row.address) && !dynamic(row.address, row.link.as_deref()))
        .map(|row| row.address)
        .collect();
    let home = pair.model.home.iter().map(|home| home.address);
    let due: Vec<IpAddr> = home.chain(pair.model.xcf.iter().copied()).collect();
    for address in runs.iter().filter(|address| !due.contains(address)) {
        let row = said.what.iter().find(|row| row.address == *address);
        let link =
            row.and_then(|row| row.link.as_ref()).map_or_else(String::new, |link| format!(" on {link}"));
        let message = format!("home address {address}{link} runs, and is not in the profile");
        pair.extra(Kind::Home, &address.to_string(), message, &said.at);
    }
    for address in due.iter().filter(|address| !said.cut && !runs.contains(address)) {
        let at = pair.wheres.home(*address);
        let message = format!("home address {address} is in the profile, and not in the running stack");
        pair.missing(Kind::Home, &address.to_string(), message, &said.at, at);
    }
    // The order chooses source addresses; links of dynamic XCF stand where the stack puts them.
    let fixed = |address: &&IpAddr| !pair.model.xcf.contains(address);
    let now: Vec<&IpAddr> = runs.iter().filter(fixed).filter(|address| due.contains(address)).collect();
    let then: Vec<&IpAddr> = due.iter().filter(fixed).filter(|address| runs.contains(address)).collect();
    let four = |list: &[&IpAddr]| -> Vec<IpAddr> {
        list.iter().filter(|address| address.is_ipv4()).map(|address| **address).collect()
    };
    let (now, then) = (four(&now), four(&then));
    if now != then && pair.model.source_vipa {
        let list = |list: &[IpAddr]| list.iter().map(ToString::to_string).collect::<Vec<String>>().join(", ");
        let at = then.first().and_then(|address| pair.wheres.home(*address));
        let message = format!(
            "home addresses stand as {} in the running stack, as {} in the profile: SOURCEVIPA goes by this order",
            list(&now),
            list(&then)
        );
        pair.differs(Kind::Home, "order", message, &said.at, at);
    }
}
