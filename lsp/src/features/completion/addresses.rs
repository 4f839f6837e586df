//! Addresses of the sysplex for an operand: of all that there are, those that make sense there.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use compiler::Dialect;
use compiler::cluster::Cluster;
use compiler::summary::{HomeAddress, Summary};
use grammar::description::{SlotDesc, SlotKind, StatementDesc, Type};
use ls_types::CompletionItemKind;
use runtime_model::model::DvipaOrigin;

use super::{Item, MOST, stacks};
use crate::features::{Cx, Text};

/// An address with what it is; put into words only when it is shown.
type Known<'c> = (IpAddr, What<'c>);

/// What an address is.
#[derive(Clone, Copy)]
enum What<'c> {
    Defined(&'c Summary),
    BackedUp(&'c Summary, u8),
    Home(&'c Summary, &'c HomeAddress),
    Xcf(&'c Summary),
}

impl What<'_> {
    fn words(self) -> String {
        match self {
            Self::Defined(stack) => format!("DVIPA, {} defines it", stack.name()),
            Self::BackedUp(stack, rank) => format!("DVIPA, {} backs it up with rank {rank}", stack.name()),
            Self::Home(stack, home) => {
                let what = if home.is_virtual { "static VIPA" } else { "address" };
                format!("{what} of {} on {}", home.link, stack.name())
            }
            Self::Xcf(stack) => format!("dynamic XCF address of {}", stack.name()),
        }
    }
}

/// Adds the addresses for an operand, and says whether there are more than [`MOST`]: then those that begin as typed.
pub(super) fn items(
    cx: &Cx<'_>,
    text: Text<'_>,
    desc: &'static StatementDesc,
    slot: &'static SlotDesc,
    typed: &str,
    items: &mut Vec<Item>,
) -> bool {
    let Some(snapshot) = cx.snapshot() else { return false };
    let Some(cluster) = snapshot.cluster() else { return false };
    let mine = stacks(cx, text);
    let fits = |address: IpAddr| match slot.kind {
        SlotKind::Operand(Type::Ipv4 | Type::Ipv4OrNet) => address.is_ipv4(),
        SlotKind::Operand(Type::Ipv6 | Type::Ipv6OrNet) => address.is_ipv6(),
        SlotKind::Operand(_) | SlotKind::Keyword | SlotKind::Group => true,
    };
    let description = snapshot.description();
    let founding = description.dialect() == Dialect::Founding;
    let names: BTreeMap<IpAddr, &str> =
        description.addresses.iter().map(|entry| (entry.address.value, entry.name.value.as_str())).collect();
    let label = |address: IpAddr| match names.get(&address).filter(|_| founding) {
        // The founding documents write names.
        Some(name) => (*name).to_owned(),
        None => address.to_string(),
    };
    let known = || fitting(&cluster, &mine, desc, slot).filter(|(address, _)| fits(*address));
    let (mut chosen, more) = first(known(), &|_| true);
    if more && !typed.is_empty() {
        let begins = |address: IpAddr| match address {
            // Of tens of thousands, few are to be shown.
            IpAddr::V4(address) if !founding => begins(address.octets(), typed),
            IpAddr::V4(_) | IpAddr::V6(_) => label(address).starts_with(typed),
        };
        chosen = first(known(), &begins).0;
    }
    let seen: BTreeSet<IpAddr> = chosen.iter().map(|(address, _)| *address).collect();
    items.extend(chosen.into_iter().map(|(address, what)| {
        let words = what.words();
        let detail =
            if founding && names.contains_key(&address) { format!("{address}, {words}") } else { words };
        Item::new(label(address), CompletionItemKind::CONSTANT, detail)
    }));
    if founding {
        let others = description.addresses.iter().filter(|entry| {
            let address = entry.address.value;
            !seen.contains(&address) && fits(address)
        });
        items.extend(others.map(|entry| {
            let name = entry.name.value.as_str();
            Item::new(name, CompletionItemKind::CONSTANT, entry.address.value.to_string())
        }));
    }
    more
}

/// Whether an address in decimals begins as typed.
fn begins(octets: [u8; 4], typed: &str) -> bool {
    let mut typed = typed.bytes();
    let mut next = |letter: u8| typed.next().map(|typed| typed == letter);
    for (place, octet) in octets.into_iter().enumerate() {
        let digits = [octet / 100, octet / 10 % 10, octet % 10];
        let zeros = digits.iter().take(2).take_while(|digit| **digit == 0).count();
        let point = (place > 0).then_some(b'.');
        for letter in point.into_iter().chain(digits.into_iter().skip(zeros).map(|digit| b'0' + digit)) {
            match next(letter) {
                Some(true) => {}
                Some(false) => return false,
                None => return true,
            }
        }
    }
    next(0).is_none()
}

/// The first that fit, each address once, and whether there are more.
fn first<'c>(
    known: impl Iterator<Item = Known<'c>>,
    fits: &dyn Fn(IpAddr) -> bool,
) -> (Vec<Known<'c>>, bool) {
    let mut seen = BTreeSet::new();
    let mut found = known.filter(|(address, _)| fits(*address) && seen.insert(*address));
    let some = found.by_ref().take(MOST).collect();
    (some, found.next().is_some())
}

/// What makes sense for an operand, the most telling first.
fn fitting<'c>(
    cluster: &'c Cluster,
    mine: &'c [String],
    desc: &StatementDesc,
    slot: &SlotDesc,
) -> Box<dyn Iterator<Item = Known<'c>> + 'c> {
    let is_mine = |stack: &Summary| mine.iter().any(|name| name == stack.name());
    let of_mine = move || cluster.stacks.iter().filter(move |stack| is_mine(stack)).map(AsRef::as_ref);
    let of_others = move || cluster.stacks.iter().filter(move |stack| !is_mine(stack)).map(AsRef::as_ref);
    let of_all = || cluster.stacks.iter().map(AsRef::as_ref);
    match (desc.name, slot.name) {
        ("VIPADISTRIBUTE" | "VIPAROUTE", "xcf") => Box::new(xcf(of_all())),
        ("VIPADISTRIBUTE" | "VIPADELETE", _) => Box::new(dvipas(of_mine)),
        // A backup is for what another stack defines.
        ("VIPABACKUP", _) => {
            let own: BTreeSet<IpAddr> = dvipas(of_mine).map(|(address, _)| address).collect();
            Box::new(dvipas(of_others).filter(move |(address, _)| !own.contains(address)))
        }
        // A new address: nothing that is there already.
        ("VIPADEFINE" | "HOME" | "INTERFACE", _) | ("IPCONFIG" | "IPCONFIG6", "xcf") => {
            Box::new(std::iter::empty())
        }
        ("SOURCEIPA" | "SRCIP" | "PORT" | "IPCONFIG", _) => Box::new(dvipas(of_all).chain(homes(of_mine()))),
        _ => Box::new(dvipas(of_all).chain(homes(of_all())).chain(xcf(of_all()))),
    }
}

fn xcf<'c>(stacks: impl Iterator<Item = &'c Summary>) -> impl Iterator<Item = Known<'c>> {
    stacks.flat_map(|stack| stack.xcf.iter().map(move |(address, _)| (*address, What::Xcf(stack))))
}

/// Whoever defines one says more than who backs it up.
fn dvipas<'c, S: Iterator<Item = &'c Summary>>(stacks: impl Fn() -> S) -> impl Iterator<Item = Known<'c>> {
    let defined = stacks().flat_map(|stack| {
        let defined = stack.dvipas.iter().filter(|dvipa| dvipa.origin == DvipaOrigin::Define);
        defined.map(move |dvipa| (dvipa.address, What::Defined(stack)))
    });
    let backed_up = stacks().flat_map(|stack| {
        stack.dvipas.iter().filter_map(move |dvipa| match dvipa.origin {
            DvipaOrigin::Define => None,
            DvipaOrigin::Backup(rank) => Some((dvipa.address, What::BackedUp(stack, rank))),
        })
    });
    defined.chain(backed_up)
}

fn homes<'c>(stacks: impl Iterator<Item = &'c Summary>) -> impl Iterator<Item = Known<'c>> {
    stacks.flat_map(|stack| stack.home.iter().map(move |home| (home.address, What::Home(stack, home))))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::begins;

    #[test]
    fn beginnings_are_those_of_the_text() {
        for address in ["10.0.0.100", "203.0.113.1", "0.0.0.0", "255.255.255.255", "9.67.101.10"] {
            let octets = address.parse::<Ipv4Addr>().expect("an address").octets();
            for typed in [
                "",
                "1",
                "10",
                "10.",
                "10.0.0.10",
                "100",
                "0",
                "0.0",
                "203.0.113.11",
                "9.67.1",
                "2",
                "25",
                "x",
            ] {
                assert_eq!(begins(octets, typed), address.starts_with(typed), "{address} {typed}");
            }
            assert!(begins(octets, address));
        }
    }
}
