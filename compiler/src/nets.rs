//! A set of networks that tells at once whether one of them covers an address, however many there are.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

/// The networks, host bits cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nets {
    nets: BTreeSet<IpNet>,
    lengths: BTreeSet<u8>,
}

impl Nets {
    /// Whether one of them covers an address: one look for each length of prefix that there is.
    #[must_use]
    pub fn covers(&self, address: IpAddr) -> bool {
        let net = |bits: &u8| IpNet::new(address, *bits).ok();
        self.lengths.iter().filter_map(net).any(|net| self.nets.contains(&net.trunc()))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nets.is_empty()
    }

    /// The first ones by address.
    pub fn first(&self, most: usize) -> impl Iterator<Item = &IpNet> {
        self.nets.iter().take(most)
    }
}

impl Extend<IpNet> for Nets {
    fn extend<I: IntoIterator<Item = IpNet>>(&mut self, nets: I) {
        for net in nets {
            self.lengths.insert(net.prefix_len());
            self.nets.insert(net.trunc());
        }
    }
}

impl FromIterator<IpNet> for Nets {
    fn from_iter<I: IntoIterator<Item = IpNet>>(nets: I) -> Self {
        let mut set = Self::default();
        set.extend(nets);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_covered_by_a_network_of_any_length() {
        let nets: Nets =
            ["192.0.2.0/24", "10.0.0.0/8", "2001:db8::/32"].iter().map(|net| net.parse().unwrap()).collect();
        for (address, covered) in [
            ("192.0.2.9", true),
            ("192.0.3.9", false),
            ("10.9.9.9", true),
            ("2001:db8::1", true),
            ("2001:db9::1", false),
        ] {
            assert_eq!(nets.covers(address.parse().unwrap()), covered, "{address}");
        }
        assert!(!Nets::default().covers("192.0.2.9".parse().unwrap()));
    }
}
