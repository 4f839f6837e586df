//! Default address selection (04:2.4): which of several addresses fits a destination best, by the rules of RFC 3484.

use std::cmp::Reverse;
use std::net::{IpAddr, Ipv6Addr};

use ipnet::Ipv6Net;

use super::source::Asked;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::event::Preference;
use crate::ids::AddrId;
use crate::model::{NetworkModel, SourceFor, SrcipFrom};
use crate::outcome::{Answer, Ctx};

const AT: &str = "04:2.4";

/// The default policy table: prefix, precedence, label.
const DEFAULT: [(Ipv6Addr, u8, u16); 5] = [
    (Ipv6Addr::LOCALHOST, 128, 0),
    (Ipv6Addr::UNSPECIFIED, 0, 1),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, 2),
    (Ipv6Addr::UNSPECIFIED, 96, 3),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, 4),
];

/// The best of the addresses for the destination; of equal ones the first. `out` is the interface that packets leave
/// over. One address alone is not judged.
pub(super) fn pick(
    c: &Cluster,
    ctx: &mut Ctx,
    asked: &Asked<'_>,
    addresses: &[IpAddr],
    out: Option<&str>,
) -> Option<AddrId> {
    let best = match addresses {
        [] => return None,
        [one] => *one,
        [first, ..] if first.is_ipv4() => *first,
        [..] => best_of(c, ctx, asked, addresses, out)?,
    };
    c.find_address(best)
}

/// What the rules look at, in their order; larger is better.
type Merits = (bool, Reverse<u8>, bool, bool, bool, u32);

const RULES: [&str; 6] = [
    "Of several addresses, the one that is the destination itself:",
    "Of several addresses, the one whose scope fits the destination best:",
    "Of several addresses, one that is not deprecated:",
    "Of several addresses, one of the outbound interface:",
    "Of several addresses, one with the label of the destination:",
    "Of several addresses, the one with the longest prefix in common with the destination:",
];

fn best_of(
    c: &Cluster,
    ctx: &mut Ctx,
    asked: &Asked<'_>,
    addresses: &[IpAddr],
    out: Option<&str>,
) -> Option<IpAddr> {
    let network = &c.stack(asked.stack)?.config.network;
    ctx.assume(Assumption::AddressSelection);
    prefer(c, ctx, asked, network);
    let merits = |a: IpAddr| judge(network, a, asked.to, out);
    let mut best: Option<(Merits, IpAddr)> = None;
    for address in addresses {
        let mine = merits(*address);
        if best.is_none_or(|(known, _)| mine > known) {
            best = Some((mine, *address));
        }
    }
    let (won, address) = best?;
    let rule = addresses
        .iter()
        .filter(|a| **a != address)
        .map(|a| decides(won, merits(*a)))
        .max()
        .flatten()
        .and_then(|n| RULES.get(n).copied());
    let words = rule.unwrap_or("Of several addresses that fit equally well, the first:");
    ctx.note(AT, words, || Answer::Address(address));
    Some(address)
}

/// The rule by which the first beats the second.
fn decides(won: Merits, other: Merits) -> Option<usize> {
    let same = [
        won.0 == other.0,
        won.1 == other.1,
        won.2 == other.2,
        won.3 == other.3,
        won.4 == other.4,
        won.5 == other.5,
    ];
    same.iter().position(|same| !same)
}

fn judge(network: &NetworkModel, address: IpAddr, to: IpAddr, out: Option<&str>) -> Merits {
    let (IpAddr::V6(own), IpAddr::V6(to6)) = (address, to) else {
        return (address == to, Reverse(0), true, true, true, 0);
    };
    let deprecated = network
        .interfaces
        .iter()
        .flat_map(|i| i.addresses.iter())
        .any(|a| a.address == address && a.deprecated);
    let outgoing = network
        .interfaces
        .iter()
        .any(|i| Some(i.name.as_str()) == out && i.addresses.iter().any(|a| a.address == address));
    let common = (u128::from(own) ^ u128::from(to6)).leading_zeros();
    (
        address == to,
        misfit(scope(own), scope(to6)),
        !deprecated,
        outgoing,
        label(network, own) == label(network, to6),
        common,
    )
}

/// RFC 3484 rule 2: a scope that is too small for the destination is worst, then the smaller the better.
fn misfit(own: u8, to: u8) -> Reverse<u8> {
    Reverse(if own < to { u8::MAX - own } else { own - to })
}

/// Scope of an address: 2 link-local, 5 site-local, 14 global.
fn scope(address: Ipv6Addr) -> u8 {
    let [first, second, ..] = address.octets();
    match (first, second & 0xc0) {
        (0xff, _) => second & 0x0f,
        (0xfe, 0x80) => 2,
        (0xfe, 0xc0) => 5,
        _ if address.is_loopback() => 2,
        _ => 14,
    }
}

/// Label of an address, by the longest prefix of the policy table that covers it.
fn label(network: &NetworkModel, address: Ipv6Addr) -> Option<u16> {
    if network.policy.is_empty() {
        let covering = DEFAULT.iter().filter_map(|(prefix, bits, label)| {
            let net = Ipv6Net::new(*prefix, *bits).ok()?;
            net.contains(&address).then_some((*bits, *label))
        });
        return covering.max().map(|(_, label)| label);
    }
    let covering = network.policy.iter().filter(|p| p.prefix.contains(&address));
    covering.map(|p| (p.prefix.prefix_len(), p.label)).max().map(|(_, label)| label)
}

/// Public or temporary addresses first: by the socket, else by SRCIP. Temporary addresses are made while the stack runs
/// and stand in no profile.
fn prefer(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>, network: &NetworkModel) {
    let by_job = || {
        let job = c.job_of(asked.job)?;
        let fits = network.srcip.iter().filter(|entry| match (&entry.who, &entry.from) {
            (SourceFor::Job(pattern), SrcipFrom::Temporary | SrcipFrom::Public) => {
                crate::founding::f2_sources::matches(&pattern.to_ascii_uppercase(), &job.name)
            }
            (SourceFor::Job(_) | SourceFor::Destination(_), _) => false,
        });
        let best = fits.max_by_key(|entry| match &entry.who {
            SourceFor::Job(pattern) => super::source_srcip::specific(pattern),
            SourceFor::Destination(_) => (0, false),
        })?;
        Some(if best.from == SrcipFrom::Temporary { Preference::Temporary } else { Preference::Public })
    };
    let wanted = asked.options.prefer.or_else(by_job);
    if wanted == Some(Preference::Temporary) {
        ctx.assume(Assumption::TemporaryAddresses);
    }
    if let Some(wanted) = wanted {
        ctx.note(AT, "The socket or SRCIP asks first for addresses that are", || {
            Answer::Name(
                match wanted {
                    Preference::Temporary => "temporary",
                    Preference::Public => "public",
                }
                .to_owned(),
            )
        });
    }
}
