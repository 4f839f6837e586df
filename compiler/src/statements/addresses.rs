//! The addresses of an interface: a few in a row, many with a key each, so that one is found and taken off whatever their number.

use std::net::IpAddr;

use serde::{Serialize, Serializer};

use super::interface_types::Address;
use crate::table::{Iter, Keyed, Table, key};

/// So many are gone through faster than looked up.
const FEW: usize = 32;

/// Addresses in order. Compares and serialises as a list.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    few: Vec<Address>,
    /// All of them, once there are many.
    many: Option<Box<Table<Address>>>,
}

impl Keyed for Address {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.address));
    }
}

impl Addresses {
    /// In order.
    pub fn iter(&self) -> <&Self as IntoIterator>::IntoIter {
        self.into_iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// The first one.
    #[must_use]
    pub fn first(&self) -> Option<&Address> {
        self.iter().next()
    }

    /// The first entry of an address that a condition holds for.
    pub fn find(&self, address: IpAddr, fits: impl Fn(&Address) -> bool) -> Option<&Address> {
        let meant = |known: &&Address| known.address == address && fits(known);
        match &self.many {
            Some(many) => many.find(key(address), meant),
            None => self.few.iter().find(meant),
        }
    }

    /// Whether an address is there.
    #[must_use]
    pub fn has(&self, address: IpAddr) -> bool {
        self.find(address, |_| true).is_some()
    }

    /// Adds one at the end.
    pub fn push(&mut self, address: Address) {
        if let Some(many) = &mut self.many {
            many.push(address);
            return;
        }
        self.few.push(address);
        if self.few.len() > FEW {
            self.many = Some(Box::new(std::mem::take(&mut self.few).into_iter().collect()));
        }
    }

    /// Takes the first entry of an address off. Whether there was one.
    pub fn take(&mut self, address: IpAddr) -> bool {
        match &mut self.many {
            Some(many) => many.take(key(address), |known| known.address == address).is_some(),
            None => {
                let place = self.few.iter().position(|known| known.address == address);
                place.map(|place| self.few.remove(place)).is_some()
            }
        }
    }

    /// Deprecates an address. Whether that changes anything; None where it is not there.
    pub fn deprecate(&mut self, address: IpAddr) -> Option<bool> {
        if !self.has(address) {
            return None;
        }
        let fresh = |known: &Address| known.address == address && !known.deprecated;
        let mut changed = false;
        match &mut self.many {
            Some(many) => {
                while many.update(key(address), fresh, |known| known.deprecated = true).is_some() {
                    changed = true;
                }
            }
            None => {
                for known in self.few.iter_mut().filter(|known| fresh(known)) {
                    known.deprecated = true;
                    changed = true;
                }
            }
        }
        Some(changed)
    }
}

impl<'a> IntoIterator for &'a Addresses {
    type Item = &'a Address;
    type IntoIter = std::iter::Chain<
        std::slice::Iter<'a, Address>,
        std::iter::Flatten<std::option::IntoIter<Iter<'a, Address>>>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.few.iter().chain(self.many.as_ref().map(|many| many.iter()).into_iter().flatten())
    }
}

impl FromIterator<Address> for Addresses {
    fn from_iter<I: IntoIterator<Item = Address>>(addresses: I) -> Self {
        let mut all = Self::default();
        addresses.into_iter().for_each(|address| all.push(address));
        all
    }
}

impl PartialEq for Addresses {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Addresses {}

impl Serialize for Addresses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::At;

    fn address(number: u16) -> Address {
        let address = IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, number]);
        Address { address, bits: None, deprecated: false, at: At::default() }
    }

    #[test]
    fn few_and_many_answer_alike() {
        for count in [5, 200] {
            let mut all: Addresses = (0..count).map(address).collect();
            assert_eq!((all.iter().count(), all.many.is_some()), (usize::from(count), count > 32));
            all.push(address(3));
            assert!(all.take(address(3).address), "the first of the two");
            assert!(all.has(address(3).address));
            assert_eq!(all.iter().last(), Some(&address(3)), "the other one stands at the end");
            assert!(all.take(address(3).address) && !all.take(address(3).address));
            assert_eq!(all.deprecate(address(3).address), None);
            assert_eq!(all.deprecate(address(4).address), Some(true));
            assert_eq!(all.deprecate(address(4).address), Some(false));
            assert!(all.find(address(4).address, |known| known.deprecated).is_some());
            assert_eq!(all.first(), Some(&address(0)));
            let left: Addresses = (0..count)
                .filter(|number| *number != 3)
                .map(|number| Address { deprecated: number == 4, ..address(number) })
                .collect();
            assert_eq!(all, left);
        }
    }
}
