//! NETSTAT ROUTE: the static routes of BEGINROUTES. Routes of OMPROUTE and those of interfaces themselves are not known.

use runtime_model::Cluster;
use runtime_model::ids::StackId;

use super::Layout;
use super::text::{or_blank, row};
use crate::capture::Route;

/// The routes, those of IPv4 first.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Route> {
    let config = cluster.stack_config(stack).filter(|_| cluster.is_up(stack));
    let routes = config.into_iter().flat_map(|config| &config.network.routes);
    let mut rows: Vec<(bool, Route)> = routes
        .map(|route| {
            let to = route.destination;
            let host = to.prefix_len() == to.max_prefix_len();
            let flags = [("U", true), ("G", route.hop.is_some()), ("H", host), ("S", true)];
            let row = Route {
                to: Some(to).filter(|to| to.prefix_len() > 0),
                gateway: route.hop,
                flags: flags.iter().filter(|(_, on)| *on).map(|(flag, _)| *flag).collect(),
                interface: Some(route.interface.clone()),
            };
            (to.addr().is_ipv6(), row)
        })
        .collect();
    rows.sort_by_key(|(six, _)| *six);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The report below its head.
pub(super) fn print(rows: &[Route], layout: Layout, out: &mut String) {
    let six = |one: &Route| {
        let net = one.to.is_some_and(|net| net.addr().is_ipv6());
        net || one.gateway.is_some_and(|gateway| gateway.is_ipv6())
    };
    let widths = [18, 15, 8, 10, 16];
    let heads = ["Destination", "Gateway", "Flags", "Refcnt", "Interface"];
    out.push_str("IPv4 Destinations\n");
    row("", &heads, &widths, true, out);
    let mut long = false;
    for one in rows {
        let to = one.to.map_or_else(|| "Default".to_owned(), |to| to.to_string());
        if layout == Layout::Long && six(one) {
            if !long {
                out.push_str("IPv6 Destinations\n");
                long = true;
            }
            let gateway = one.gateway.map_or_else(|| "::".to_owned(), |gateway| gateway.to_string());
            out.push_str(&format!(
                "DestIP:   {to}\n  Gw:     {gateway}\n  Intf:   {:<16}  Refcnt: 0000000000\n  Flgs:   {}\n",
                or_blank(one.interface.as_deref()),
                one.flags
            ));
            continue;
        }
        let gateway = one.gateway.map_or_else(|| "0.0.0.0".to_owned(), |gateway| gateway.to_string());
        let cells = [&to, &gateway, &one.flags, "0000000000", or_blank(one.interface.as_deref())];
        row("", &cells, &widths, false, out);
    }
}
