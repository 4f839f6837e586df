//! Addresses to addresses of private and documentation ranges, with the same subnets.
//!
//! IPv4: what shares the first octet moves to one range, and keeps the last octet; between, a bit is turned over where the
//! first address of a subnet has a one, so that the first subnets become zeros. IPv6: the same behind the first 32 bits.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use grammar::values;

/// Ranges that nobody owns, widest first, each with a first octet of its own.
const RANGES: [(u32, u8); 6] = [
    (0x0a00_0000, 8),
    (0x6440_0000, 10),
    (0xac10_0000, 12),
    (0xc612_0000, 15),
    (0xc0a8_0000, 16),
    (0xcb00_7100, 24),
];

/// Most leading bits at which a bit may be turned over.
const V4_BITS: u8 = 24;
const V6_BITS: u8 = 64;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// In order of appearance.
    v4: Vec<u32>,
    v6: Vec<u128>,
    /// Prefixes below which nothing is turned over, or nothing where only zeros follow.
    frozen: BTreeSet<(bool, u8, u128)>,
    networks: BTreeSet<(bool, u8, u128)>,
    /// What the first octet, or the first 32 bits, become; with the bits that are given.
    groups: BTreeMap<(bool, u128), (u128, u8)>,
    /// Bits that are turned over, by the bits before them.
    flips: BTreeMap<(bool, u8, u128), bool>,
}

/// Addresses as 128 bits from the left, so that both families are handled alike.
fn left(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)) << 96,
        IpAddr::V6(address) => u128::from(address),
    }
}

fn head(bits: u128, length: u8) -> u128 {
    if length == 0 { 0 } else { bits >> (128 - u32::from(length)) }
}

/// The unspecified address, loopback, multicast, broadcast, link-local: these mean something.
fn is_special(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let first = address.octets()[0];
            first == 0 || first == 127 || first >= 224
        }
        IpAddr::V6(address) => {
            u128::from(address) >> 32 == 0
                || address.is_multicast()
                || address.segments()[0] & 0xffc0 == 0xfe80
        }
    }
}

impl Addresses {
    /// Takes note of an address.
    pub fn add(&mut self, address: IpAddr) {
        match address {
            _ if is_special(address) => {}
            IpAddr::V4(address) => self.v4.push(u32::from(address)),
            IpAddr::V6(address) => self.v6.push(u128::from(address)),
        }
    }

    /// Takes note of a network; its host bits stay zeros.
    pub fn add_network(&mut self, address: IpAddr, length: u8) {
        self.add(address);
        let bits = left(address);
        let zeros = bits.trailing_zeros() as u8;
        let all = 128 - if address.is_ipv4() { 96 } else { 0 };
        if length < all && (bits == 0 || zeros >= 128 - length) {
            self.networks.insert((address.is_ipv4(), length, head(bits, length)));
        }
    }

    /// A symbol takes part behind so many bits of an address: they stay as they are.
    pub fn freeze(&mut self, address: IpAddr, length: u8) {
        self.frozen.insert((address.is_ipv4(), length, head(left(address), length)));
    }

    /// Decides what becomes of everything that was noted.
    pub fn settle(&mut self) {
        self.groups_of_v4();
        let mut count = 0_u128;
        for address in &self.v6 {
            let group = address >> 96;
            if self.groups.contains_key(&(false, group)) {
                continue;
            }
            // The first gets the range of documentation, the others unique local ones.
            let new = if count == 0 { 0x2001_0db8 } else { 0xfd00_0000 + count };
            self.groups.insert((false, group), (new << 96, 32));
            count += 1;
        }
        let all: Vec<(bool, u128)> = (self.v4.iter().map(|address| (true, u128::from(*address) << 96)))
            .chain(self.v6.iter().map(|address| (false, *address)))
            .collect();
        for (v4, bits) in all {
            let from = self.group(v4, bits).map_or(128, |(_, given)| given);
            for length in from..if v4 { V4_BITS } else { V6_BITS } {
                let key = (v4, length, head(bits, length));
                if !self.flips.contains_key(&key) {
                    let one = bits >> (127 - u32::from(length)) & 1 == 1;
                    let turned = one && !self.is_frozen(v4, length, bits);
                    self.flips.insert(key, turned);
                }
            }
        }
    }

    /// Each first octet to a range that its addresses fit in: those with the most common bits to the smallest.
    fn groups_of_v4(&mut self) {
        let mut commons: BTreeMap<u32, (u32, u8)> = BTreeMap::new();
        for address in &self.v4 {
            let common = commons.entry(address >> 24).or_insert((*address, V4_BITS));
            let same = (common.0 ^ address).leading_zeros() as u8;
            common.1 = common.1.min(same);
        }
        let mut groups: Vec<(u8, u32)> =
            commons.iter().map(|(octet, (_, common))| (*common, *octet)).collect();
        groups.sort_unstable();
        let mut ranges = RANGES.to_vec();
        // A symbol that is the first octet stays what it is.
        let pinned = self.frozen.contains(&(true, 0, 0));
        // More networks than ranges: these are real ones, but none is used twice.
        let mut others = 11_u128..;
        for (common, octet) in groups {
            let place = ranges.iter().position(|(_, length)| *length <= common);
            let new = match place {
                _ if pinned => (u128::from(octet) << 120, 8),
                Some(place) => {
                    let (range, length) = ranges.remove(place);
                    (u128::from(range) << 96, length)
                }
                None => {
                    let taken =
                        |octet: &u128| RANGES.iter().any(|(range, _)| u128::from(range >> 24) == *octet);
                    let octet = others.find(|octet| !taken(octet) && *octet != 127).unwrap_or(0);
                    (octet << 120, 8)
                }
            };
            self.groups.insert((true, u128::from(octet)), new);
        }
    }

    fn group(&self, v4: bool, bits: u128) -> Option<(u128, u8)> {
        self.groups.get(&(v4, if v4 { bits >> 120 } else { bits >> 96 })).copied()
    }

    fn is_frozen(&self, v4: bool, length: u8, bits: u128) -> bool {
        let frozen = |(family, at, value): &(bool, u8, u128)| {
            *family == v4 && *at <= length && head(bits, *at) == *value
        };
        // On the way of zeros below a network, so that its address stays one.
        let network = |(family, at, value): &(bool, u8, u128)| {
            *family == v4
                && *at <= length
                && head(bits, *at) == *value
                && head(bits, length) == value << (length - at)
        };
        self.frozen.iter().any(frozen) || self.networks.iter().any(network)
    }

    /// The new address.
    pub fn map(&self, address: IpAddr) -> IpAddr {
        if is_special(address) {
            return address;
        }
        let v4 = address.is_ipv4();
        let bits = left(address);
        let Some((range, given)) = self.group(v4, bits) else { return address };
        let most = if v4 { V4_BITS } else { V6_BITS };
        let mut new = bits;
        for length in given..most {
            if self.flips.get(&(v4, length, head(bits, length))) == Some(&true) {
                new ^= 1 << (127 - u32::from(length));
            }
        }
        let kept = if given == 0 { u128::MAX } else { u128::MAX >> given };
        let new = range & !kept | new & kept;
        if v4 { Ipv4Addr::from((new >> 96) as u32).into() } else { Ipv6Addr::from(new).into() }
    }

    /// An address, with or without the length of a prefix, as it is typed; None when it is none.
    pub fn text(&self, text: &str) -> Option<String> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let old = values::ip(address)?;
        if length.is_none() && values::mask(address).is_some() {
            return Some(text.to_owned());
        }
        let new = self.map(old);
        // Leading zeros and the spelling of IPv6 stay where the address stays.
        let new = if new == old { address.to_owned() } else { new.to_string() };
        Some(match length {
            Some(length) => format!("{new}/{length}"),
            None => new,
        })
    }

    /// The first one to three octets of an address, with dots between and perhaps behind; None when it is none.
    pub fn prefix(&self, text: &str) -> Option<String> {
        let bare = text.trim_end_matches('.');
        let count = bare.split('.').count();
        let octets = bare.split('.').all(|octet| octet.parse::<u8>().is_ok());
        if !octets || count > 3 || (count == 1 && bare.len() == text.len()) {
            return None;
        }
        let whole = values::ipv4(&format!("{bare}{}", ".0".repeat(4 - count)))?;
        let IpAddr::V4(new) = self.map(whole.into()) else { return None };
        let new: Vec<String> = new.octets().iter().take(count).map(ToString::to_string).collect();
        Some(new.join(".") + text.get(bare.len()..).unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(text: &str) -> IpAddr {
        IpAddr::V4(text.parse().unwrap())
    }

    fn common(one: IpAddr, other: IpAddr) -> u32 {
        (left(one) ^ left(other)).leading_zeros()
    }

    /// Numbers that look random, and are the same in every run.
    fn numbers(count: usize) -> Vec<u32> {
        let mut state = 12345_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state
        };
        (0..count).map(next).collect()
    }

    #[test]
    fn leading_bits_stay_common() {
        let mut all: Vec<IpAddr> = numbers(300)
            .into_iter()
            .map(|number| IpAddr::V4((number % 0x0200_0000 + 0x0900_0000).into()))
            .collect();
        all.extend(numbers(50).into_iter().map(|number| {
            IpAddr::V6((0x2620_u128 << 112 | u128::from(number % 3) << 96 | u128::from(number) << 58).into())
        }));
        let mut addresses = Addresses::default();
        all.iter().for_each(|address| addresses.add(*address));
        addresses.add_network(v4("9.16.0.0"), 12);
        addresses.settle();
        for one in &all {
            for other in all.iter().filter(|other| other.is_ipv4() == one.is_ipv4()) {
                let least = if one.is_ipv4() { 8 } else { 32 };
                let (old, new) = (common(*one, *other), common(addresses.map(*one), addresses.map(*other)));
                assert_eq!(old == 128, new == 128, "{one} {other}");
                assert!(old < least || old == new, "{one} {other}: {old} bits, then {new}");
            }
        }
        let network = addresses.map(v4("9.16.0.0"));
        assert_eq!(left(network) << 12, 0, "{network}");
    }

    #[test]
    fn many_networks_stay_apart() {
        let mut addresses = Addresses::default();
        let all: Vec<IpAddr> =
            (1..=220).flat_map(|octet| [[octet, 1, 1, 1], [octet, 200, 1, 1]]).map(IpAddr::from).collect();
        all.iter().for_each(|address| addresses.add(*address));
        addresses.settle();
        let new: BTreeSet<IpAddr> = all.iter().map(|address| addresses.map(*address)).collect();
        assert_eq!(new.len(), all.len());
    }

    #[test]
    fn what_means_something_stays() {
        let mut addresses = Addresses::default();
        for text in
            ["127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.5", "::", "::1", "fe80::1", "ff02::1"]
        {
            let address: IpAddr = text.parse().unwrap();
            addresses.add(address);
            addresses.settle();
            assert_eq!(addresses.map(address), address);
        }
        assert_eq!(addresses.text("255.255.255.192").as_deref(), Some("255.255.255.192"));
        assert_eq!(addresses.text("LINK1"), None);
    }

    #[test]
    fn beginnings_of_addresses() {
        let mut addresses = Addresses::default();
        addresses.add(v4("9.20.30.1"));
        addresses.settle();
        let new = addresses.map(v4("9.20.30.1")).to_string();
        assert_eq!(addresses.prefix("9.20.30"), new.strip_suffix(".1").map(ToOwned::to_owned));
        assert_eq!(addresses.prefix("11"), None, "a number");
        assert_eq!(addresses.prefix("9.300"), None);
    }
}
