//! Source addresses as 04:2.1 to 2.5 tell them, written down a second time: every candidate of every step with its place in
//! the order, and the first one wins. Nothing is shared with the model.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv6Addr};

use vipa_runtime_model::model::*;

/// A socket as the application left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Fresh,
    Any,
    At(IpAddr),
}

pub struct Request<'a> {
    pub job: &'a str,
    pub to: IpAddr,
    pub bound: Bound,
    pub tcp: bool,
    pub no_source_vipa: bool,
}

/// The address that a packet leaves from; none when the request is refused.
pub fn source(s: &StackModel, active: &[IpAddr], r: &Request<'_>) -> Option<IpAddr> {
    if let Bound::At(address) = r.bound {
        return Some(address);
    }
    let four = r.to.is_ipv4();
    let mut candidates: Vec<((u8, i64, usize), Vec<IpAddr>)> = Vec::new();
    let usable = |list: &[IpAddr]| -> Vec<IpAddr> {
        list.iter().copied().filter(|a| a.is_ipv4() == four && active.contains(a)).collect()
    };
    if r.tcp {
        for (place, entry) in s.network.srcip.iter().enumerate() {
            let from: Vec<IpAddr> = match &entry.from {
                SrcipFrom::Address(address) => vec![*address],
                SrcipFrom::Interface(named) => named.addresses.clone(),
                SrcipFrom::Temporary | SrcipFrom::Public => Vec::new(),
            };
            let family: Vec<IpAddr> = from.iter().copied().filter(|a| a.is_ipv4() == four).collect();
            if family.is_empty() {
                continue;
            }
            let rank = match &entry.who {
                SourceFor::Job(_) if entry.role == SrcipRole::Server => None,
                SourceFor::Job(p) if p == "*" => Some((63, 0)),
                SourceFor::Job(p) => fits(p, r.job).then(|| (61, fixed(p))),
                SourceFor::Destination(net) => {
                    net.contains(&r.to).then(|| (62, 2 * i64::from(net.prefix_len())))
                }
            };
            if let Some((step, specific)) = rank {
                candidates.push(((step, -specific, place), usable(&family)));
            }
        }
        // Only the most specific entry of each step counts, usable or not.
        for step in [61, 62, 63] {
            let best = candidates.iter().filter(|(key, _)| key.0 == step).map(|(key, _)| *key).min();
            candidates.retain(|(key, _)| key.0 != step || Some(*key) == best);
        }
        let stack_source: Vec<IpAddr> = match (four, &s.network.tcp_stack_source_vipa6) {
            (true, _) => s.tcp_stack_source_vipa.into_iter().collect(),
            (false, named) => named.iter().flat_map(|n| n.addresses.clone()).collect(),
        };
        if r.bound == Bound::Fresh && source_vipa(s, four) {
            candidates.push(((70, 0, 0), usable(&stack_source)));
        }
    }
    candidates.sort_by_key(|(key, _)| *key);
    for (_, list) in &candidates {
        if let Some(best) = select(s, list, r.to, None) {
            return Some(best);
        }
    }
    let out = interface(s, r.to)?;
    if source_vipa(s, four) && !r.no_source_vipa {
        let list = vipas(s, out, four);
        if let Some(best) = select(s, &list, r.to, Some(&out.name)) {
            return Some(best);
        }
    }
    let own: Vec<IpAddr> = out.addresses.iter().map(|a| a.address).filter(|a| a.is_ipv4() == four).collect();
    select(s, &own, r.to, Some(&out.name))
}

fn source_vipa(s: &StackModel, four: bool) -> bool {
    if four { s.source_vipa } else { s.network.source_vipa6 }
}

/// `*` any rest, `?` one character, by brute force.
fn fits(pattern: &str, name: &str) -> bool {
    let (p, n): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let mut reach = vec![vec![false; n.len() + 1]; p.len() + 1];
    reach[0][0] = true;
    for i in 0..p.len() {
        for j in 0..=n.len() {
            if !reach[i][j] {
                continue;
            }
            if p[i] == '*' {
                for next in reach[i + 1].iter_mut().skip(j) {
                    *next = true;
                }
            } else if j < n.len() && (p[i] == '?' || p[i] == n[j]) {
                reach[i + 1][j + 1] = true;
            }
        }
    }
    reach[p.len()][n.len()]
}

/// The fixed part, an exact name a little more.
fn fixed(pattern: &str) -> i64 {
    let wild = pattern.matches(['*', '?']).count();
    2 * i64::try_from(pattern.len() - wild).unwrap() + i64::from(wild == 0)
}

/// Where routing sends a packet.
fn interface(s: &StackModel, to: IpAddr) -> Option<&InterfaceModel> {
    let all = &s.network.interfaces;
    if let Some(own) = all.iter().find(|i| i.addresses.iter().any(|a| a.address == to)) {
        return Some(own);
    }
    let mut routes: Vec<(&StaticRoute, usize)> = s.network.routes.iter().zip(0..).collect();
    routes.retain(|(route, _)| route.destination.contains(&to));
    routes.sort_by_key(|(route, place)| (std::cmp::Reverse(route.destination.prefix_len()), *place));
    let longest = routes.first().map(|(route, _)| route.destination.prefix_len());
    for (route, _) in &routes {
        if Some(route.destination.prefix_len()) != longest {
            break;
        }
        if let Some(found) = all.iter().find(|i| i.name == route.interface && !i.is_virtual) {
            return Some(found);
        }
    }
    all.iter().find(|i| {
        !i.is_virtual
            && i.kind != InterfaceKind::Loopback
            && i.addresses.iter().any(|a| a.address.is_ipv4() == to.is_ipv4())
    })
}

/// Static VIPAs that SOURCEVIPA would put on packets over an interface.
fn vipas(s: &StackModel, out: &InterfaceModel, four: bool) -> Vec<IpAddr> {
    if out.kind == InterfaceKind::Link {
        let mut last = Vec::new();
        for i in s.network.interfaces.iter().filter(|i| i.kind == InterfaceKind::Link) {
            if i.name == out.name {
                return last;
            }
            if i.is_virtual {
                last = i.addresses.iter().map(|a| a.address).take(1).collect();
            }
        }
        return Vec::new();
    }
    let Some(name) = &out.source_vipa else { return Vec::new() };
    let named = s.network.interfaces.iter().filter(|i| i.name == *name && i.is_virtual);
    named.flat_map(|i| i.addresses.iter().map(|a| a.address)).filter(|a| a.is_ipv4() == four).collect()
}

/// RFC 3484, section 5, as a comparison of two addresses; the sort is stable.
fn select(s: &StackModel, list: &[IpAddr], to: IpAddr, out: Option<&str>) -> Option<IpAddr> {
    let IpAddr::V6(to) = to else { return list.first().copied() };
    let mut six: Vec<Ipv6Addr> = list
        .iter()
        .filter_map(|a| match a {
            IpAddr::V6(a) => Some(*a),
            IpAddr::V4(_) => None,
        })
        .collect();
    six.sort_by(|a, b| better(s, *a, *b, to, out));
    six.first().copied().map(IpAddr::V6)
}

fn better(s: &StackModel, a: Ipv6Addr, b: Ipv6Addr, to: Ipv6Addr, out: Option<&str>) -> Ordering {
    let prefer = |x: bool, y: bool| y.cmp(&x);
    let holder = |x: Ipv6Addr| {
        s.network.interfaces.iter().find(|i| i.addresses.iter().any(|h| h.address == IpAddr::V6(x)))
    };
    let deprecated = |x: Ipv6Addr| {
        holder(x).is_some_and(|i| i.addresses.iter().any(|h| h.address == IpAddr::V6(x) && h.deprecated))
    };
    let outgoing = |x: Ipv6Addr| holder(x).is_some_and(|i| Some(i.name.as_str()) == out);
    let common = |x: Ipv6Addr| (u128::from(x) ^ u128::from(to)).leading_zeros();
    prefer(a == to, b == to)
        .then_with(|| scopes(scope(a), scope(b), scope(to)))
        .then_with(|| prefer(!deprecated(a), !deprecated(b)))
        .then_with(|| prefer(outgoing(a), outgoing(b)))
        .then_with(|| prefer(label(s, a) == label(s, to), label(s, b) == label(s, to)))
        .then_with(|| common(b).cmp(&common(a)))
}

/// Rule 2: if Scope(SA) < Scope(SB), prefer SB when Scope(SA) < Scope(D), else SA.
fn scopes(a: u8, b: u8, to: u8) -> Ordering {
    match a.cmp(&b) {
        Ordering::Less => {
            if a < to {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
        Ordering::Greater => {
            if b < to {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        Ordering::Equal => Ordering::Equal,
    }
}

fn scope(a: Ipv6Addr) -> u8 {
    let text = a.segments()[0];
    if text & 0xffc0 == 0xfe80 {
        2
    } else if text & 0xffc0 == 0xfec0 {
        5
    } else {
        14
    }
}

fn label(s: &StackModel, a: Ipv6Addr) -> Option<u16> {
    let default: [(&str, u16); 5] =
        [("::1/128", 0), ("::/0", 1), ("2002::/16", 2), ("::/96", 3), ("::ffff:0.0.0.0/96", 4)];
    let table: Vec<(ipnet::Ipv6Net, u16)> = if s.network.policy.is_empty() {
        default.iter().map(|(net, label)| (net.parse().unwrap(), *label)).collect()
    } else {
        s.network.policy.iter().map(|p| (p.prefix, p.label)).collect()
    };
    let mut fitting: Vec<_> = table.into_iter().filter(|(net, _)| net.contains(&a)).collect();
    fitting.sort_by_key(|(net, _)| net.prefix_len());
    fitting.last().map(|(_, label)| *label)
}
