//! ROUTE: a static route (03 7).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

use grammar::description::Slot;
use grammar::slot::route as slot;
use grammar::tree::{Parts, Span, StmtView};
use grammar::values;
use ipnet::IpNet;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::finding::Confidence;
use crate::name::{Name, upper};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    route_conflict, route_default_direct, route_family, route_host_bits, route_interface_unknown,
    route_over_vipa, route_prefix_missing,
};
use crate::statements::coded::{self, Coded};
use crate::statements::names::{self, Made};
use crate::statements::options;
use crate::table::{Keyed, Table, key};

/// A route. A stack may have many thousands, so it is packed: it fits into two lines of memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Destination, with length 0 for DEFAULT.
    pub destination: IpNet,
    /// The router; absent for a destination that is directly attached.
    pub hop: Option<IpAddr>,
    /// Link or interface.
    pub interface: Name,
    /// MTU; absent for DEFAULTSIZE and for none.
    pub mtu: Option<NonZeroU32>,
    /// REPLACEABLE.
    pub replaceable: bool,
    /// How TCP times retransmissions over it, and whether it delays acknowledgements, as coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Box<Coded>>,
    /// The destination in the text.
    pub at: At,
    /// The router, the interface and the packet size in the text, in the section of the destination.
    #[serde(skip)]
    spans: [Span; 3],
    /// Neither mask, length nor HOST says how long the destination is.
    #[serde(skip)]
    pub bare: bool,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ROUTE {} ", shown(self.destination))?;
        match self.hop {
            Some(hop) => write!(f, "{hop}")?,
            None => write!(f, "=")?,
        }
        write!(f, " {}", self.interface)
    }
}

impl Keyed for Route {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(self.way());
        add(over(&self.interface));
    }
}

/// The key of the routes over an interface.
#[must_use]
pub fn over(interface: &str) -> u64 {
    key(interface)
}

impl Route {
    /// The router in the text.
    #[must_use]
    pub fn hop_at(&self) -> At {
        let [hop, ..] = self.spans;
        self.at.beside(hop)
    }

    /// The interface in the text.
    #[must_use]
    pub fn interface_at(&self) -> At {
        let [_, interface, _] = self.spans;
        self.at.beside(interface)
    }

    /// The packet size in the text.
    #[must_use]
    pub fn mtu_at(&self) -> At {
        let [.., mtu] = self.spans;
        self.at.beside(mtu)
    }

    /// The key of a destination by a router and an interface.
    fn way(&self) -> u64 {
        key((self.destination, self.hop, self.interface.as_str()))
    }
}

/// A destination as a profile has it.
fn shown(destination: IpNet) -> String {
    match destination {
        IpNet::V4(net) if net.prefix_len() == 0 => "DEFAULT".to_owned(),
        IpNet::V6(net) if net.prefix_len() == 0 => "DEFAULT6".to_owned(),
        IpNet::V4(_) | IpNet::V6(_) => destination.to_string(),
    }
}

/// A ROUTE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Arc<Route>>);

/// Reads a ROUTE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    Typed(route(view, cx).map(Arc::new))
}

/// Options with fields of their own.
const TYPED: &[Slot] = &[slot::MTU, slot::REPLACEABLE, slot::NOREPLACEABLE];

/// Options without.
const CODED: &[Slot] = &[
    slot::MAXIMUMRETRANSMITTIME,
    slot::MINIMUMRETRANSMITTIME,
    slot::ROUNDTRIPGAIN,
    slot::VARIANCEGAIN,
    slot::VARIANCEMULTIPLIER,
    slot::DELAYACKS,
    slot::NODELAYACKS,
];

fn route(view: &StmtView<'_>, cx: &mut Read<'_>) -> Option<Route> {
    let parts = &view.parts;
    let [interface, hop, direct, mtu, replaceable] =
        parts.firsts([slot::INTERFACE, slot::HOP, slot::LITERAL1, slot::PACKET_SIZE, slot::REPLACEABLE]);
    let interface = interface?;
    let (destination, at, bare) = destination(parts, cx)?;
    let hop_span = hop.or(direct).map_or(interface.span, |word| word.span);
    let mtu_span = mtu.map_or(interface.span, |word| word.span);
    let hop = match hop {
        Some(word) => Some(cx.ip(word)?),
        None => None,
    };
    Some(Route {
        destination,
        hop,
        interface: upper(interface),
        mtu: mtu.and_then(|word| NonZeroU32::new(u32::try_from(word.number()?).ok()?)),
        replaceable: replaceable.is_some(),
        // Most routes have none, and profiles may have very many routes.
        options: parts
            .tokens()
            .any(|(slot, _)| CODED.contains(&slot))
            .then(|| Box::new(coded::read_of_type(view, TYPED)))
            .filter(|options| !options.is_empty()),
        at,
        spans: [hop_span, interface.span, mtu_span].map(|span| cx.span(span)),
        bare,
    })
}

fn destination(parts: &Parts<'_>, cx: &Read<'_>) -> Option<(IpNet, At, bool)> {
    let [default, default6, network, address, address6] =
        parts.firsts([slot::DEFAULT, slot::DEFAULT6, slot::NETWORK, slot::ADDRESS, slot::ADDRESS6]);
    if let Some(word) = default {
        let net = IpNet::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0).ok()?;
        return Some((net, cx.at(word.span), false));
    }
    if let Some(word) = default6 {
        let net = IpNet::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), 0).ok()?;
        return Some((net, cx.at(word.span), false));
    }
    let word = network.or(address).or(address6)?;
    let said = values::net(word.text());
    let address = said.map(|(address, _)| address).or_else(|| word.ip())?;
    let mask = cx.mask(parts, slot::MASK);
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let bits = said.map(|(_, bits)| bits).or(mask).unwrap_or(longest);
    let bare = said.is_none() && mask.is_none() && !parts.has(slot::HOST);
    Some((IpNet::new(address, bits).ok()?, cx.at(word.span), bare))
}

impl Typed {
    /// Adds the route; a bad one is dropped alone (GEN-06).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(route) = &self.0 else { return };
        let what = || route.to_string();
        if let Some(why) = refusal(route, cx) {
            cx.change_because(route.at, Kind::Refused, what(), why);
            return;
        }
        advice(route, cx);
        let same = |known: &Arc<Route>| {
            known.destination == route.destination
                && known.hop == route.hop
                && known.interface == route.interface
        };
        if let Some(first) = cx.config.beginroutes.routes.find(route.way(), |known| same(known)) {
            let report = Report::new(
                &route_conflict::RULE,
                route.at,
                format!("the route to {} through the same router is there already", shown(route.destination)),
            )
            .related(first.at, "first here")
            .note("the second one is rejected when it says something else; keep one of them");
            cx.reports.push(report);
            cx.change_because(route.at, Kind::Refused, what(), "the route is there already");
            return;
        }
        // A route that the first block of the data set has taken away and that comes again has not changed.
        let part = &mut cx.config.beginroutes;
        let before = if part.gone.is_empty() { None } else { part.gone.remove(&what()) };
        match before {
            Some(before) => {
                part.back.insert(what());
                let changed = options::differ(&before, route, cx.phase);
                cx.change(route.at, if changed { Kind::Replaced } else { Kind::Unchanged }, what());
            }
            None => cx.added(route.at, what),
        }
        cx.config.beginroutes.routes.push(Arc::clone(route));
    }

    /// Has what is known of its way fetched from memory.
    pub(crate) fn fetch(&self, routes: &Table<Arc<Route>>) {
        if let Some(route) = &self.0 {
            routes.fetch(route.way());
        }
    }
}

fn refusal(route: &Route, cx: &mut Apply<'_>) -> Option<&'static str> {
    let name = &route.interface;
    if names::refused(cx.config, name) {
        return Some("the interface was refused");
    }
    let link = names::link(cx.config, name);
    let interface = names::interface(cx.config, name);
    let made = names::made(name);
    let definition = link.map(|link| link.at).or(interface.map(|interface| interface.at));
    let vipa = link.is_some_and(|link| link.is_virtual())
        || interface.is_some_and(|interface| interface.kind.is_virtual())
        || made == Some(Made::Dvipa);
    if vipa || made == Some(Made::Loopback) {
        let message = if vipa {
            format!("{name} is a VIPA, and no route can go over it")
        } else {
            format!("{name} is a loopback, and no route can go over it")
        };
        let mut report = Report::new(&route_over_vipa::RULE, route.interface_at(), message)
            .note("name the interface that the packets leave by");
        if let Some(at) = definition {
            report = report.related(at, "defined here");
        }
        cx.reports.push(if vipa { report } else { report.unconfirmed() });
        return Some("not over this interface");
    }
    if definition.is_none() && made.is_none() && names::may_be_link_or_interface(cx.config, name) {
        return None;
    }
    let ipv6 = match (link, interface, made) {
        (Some(_), _, _) => false,
        (None, Some(interface), _) => interface.kind.is_ipv6(),
        (None, None, Some(Made::Ipv6)) => true,
        (None, None, Some(Made::Ipv4)) => false,
        (None, None, Some(Made::Device | Made::Dvipa | Made::Loopback) | None) => {
            let report = if let Some(device) = names::device(cx.config, name) {
                Report::new(
                    &route_interface_unknown::RULE,
                    route.interface_at(),
                    format!("{name} is a DEVICE, and a route goes over its LINK"),
                )
                .related(device.at, "the device")
            } else {
                let report = Report::new(
                    &route_interface_unknown::RULE,
                    route.interface_at(),
                    format!("no INTERFACE and no LINK {name} stands before this route"),
                );
                names::advise(
                    report,
                    name,
                    names::links_and_interfaces(cx.config),
                    "interfaces and links",
                    cx.reports.len(),
                )
            };
            cx.reports.push(report);
            return Some("no interface of this name");
        }
    };
    let family = |ipv6: bool| if ipv6 { "IPv6" } else { "IPv4" };
    let to = matches!(route.destination, IpNet::V6(_));
    if to != ipv6 && made != Some(Made::Ipv4) {
        let report = Report::new(
            &route_family::RULE,
            route.interface_at(),
            format!("{name} is for {}, and {} is {}", family(ipv6), shown(route.destination), family(to)),
        );
        cx.reports.push(report);
        return Some("the families do not agree");
    }
    if let Some(hop) = route.hop.filter(|hop| hop.is_ipv6() != to) {
        let report = Report::new(
            &route_family::RULE,
            route.hop_at(),
            format!(
                "router {hop} is {}, and {} is {}",
                family(hop.is_ipv6()),
                shown(route.destination),
                family(to)
            ),
        );
        cx.reports.push(report);
        return Some("the families do not agree");
    }
    None
}

fn advice(route: &Route, cx: &mut Apply<'_>) {
    let destination = || shown(route.destination);
    if route.destination.prefix_len() == 0 && route.hop.is_none() {
        cx.reports.push(
            Report::new(
                &route_default_direct::RULE,
                route.hop_at(),
                format!("{} has no router: everything would be directly attached", destination()),
            )
            .note("write the address of the router in place of ="),
        );
    }
    if route.destination.addr() != route.destination.network() {
        cx.reports.push(
            Report::new(
                &route_host_bits::RULE,
                route.at,
                format!(
                    "{} has bits behind its mask; the network is {}",
                    destination(),
                    route.destination.trunc()
                ),
            )
            .note(format!("write {}, or HOST for the one address", route.destination.trunc())),
        );
    }
    if route.bare && matches!(route.destination, IpNet::V6(_)) {
        let address = route.destination.addr();
        cx.reports.push(
            Report::new(
                &route_prefix_missing::RULE,
                route.at,
                format!("the route to {address} has no prefix length, so it is for this one address"),
            )
            .note(format!("write {address}/64 or whatever the network is, or `{address} HOST`")),
        );
    }
    // An IPv4 address that ends in 0 is a network in nearly every shop.
    if let (true, IpNet::V4(net)) = (route.bare, route.destination)
        && let address = net.addr()
        && matches!(address.octets(), [first, _, _, 0] if first > 0)
    {
        let message = format!("the route to {address} has no mask, so it is for this one address");
        let report = Report::new(&route_prefix_missing::RULE, route.at, message)
            .note(format!("write {address}/24 or whatever the network is, or `{address} HOST`"));
        cx.reports.push(Report { confidence: Confidence::Inferred, ..report });
    }
}
