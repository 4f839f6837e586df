//! The home addresses of all stacks by address. After an edit only those of its stack are looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::summary::{HomeAddress, Summary};
use crate::table::key;

/// Which stacks have an address, by their places in the order of the description; one that has it twice counts once.
type Holders = SmallVec<[u32; 2]>;

/// Home addresses that are no DVIPAs, by group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Homes {
    groups: BTreeMap<String, Group>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    holders: BTreeMap<IpAddr, Holders>,
    /// The addresses of several stacks.
    shared: BTreeSet<IpAddr>,
}

impl Homes {
    /// Of these stacks.
    pub(crate) fn new(stacks: &[Arc<Summary>]) -> Self {
        let mut all: BTreeMap<&str, Vec<(IpAddr, u32)>> = BTreeMap::new();
        for (number, stack) in (0..).zip(stacks) {
            let homes = stack.home.iter().map(|home| (home.address, number));
            all.entry(&stack.setup.group).or_default().extend(homes);
        }
        let groups = all.into_iter().map(|(group, homes)| (group.to_owned(), Group::new(homes)));
        Self { groups: groups.collect() }
    }

    /// Goes on to other stacks. False when they are not the same stacks; then nothing is known of them.
    pub(crate) fn go_on(&mut self, last: &[Arc<Summary>], now: &[Arc<Summary>]) -> bool {
        let same = |(was, is): (&Arc<Summary>, &Arc<Summary>)| was.setup.group == is.setup.group;
        if last.len() != now.len() || !last.iter().zip(now).all(same) {
            return false;
        }
        for (number, (was, is)) in (0..).zip(last.iter().zip(now)) {
            if Arc::ptr_eq(was, is) {
                continue;
            }
            let group = self.groups.entry(is.setup.group.clone()).or_default();
            for home in was.home.iter().filter(|home| is.home_of(home.address).is_none()) {
                group.remove(home.address, number);
            }
            for home in is.home.iter().filter(|home| was.home_of(home.address).is_none()) {
                group.add(home.address, number);
            }
        }
        true
    }

    /// The addresses that several stacks of a group have.
    pub fn shared(&self, group: &str) -> impl Iterator<Item = IpAddr> {
        self.groups.get(group).into_iter().flat_map(|group| group.shared.iter().copied())
    }

    /// Whether a stack of a group has an address.
    #[must_use]
    pub fn has(&self, group: &str, address: IpAddr) -> bool {
        self.groups.get(group).is_some_and(|group| group.holders.contains_key(&address))
    }

    /// The entries of an address with their stacks, in the order of the description. `stacks` are those that these are of.
    pub fn of<'s>(
        &self,
        group: &str,
        address: IpAddr,
        stacks: &'s [Arc<Summary>],
    ) -> Vec<(&'s Summary, &'s HomeAddress)> {
        let holders = self.groups.get(group).and_then(|group| group.holders.get(&address));
        let stacks = holders.into_iter().flatten().filter_map(|number| stacks.get(*number as usize));
        let entries = stacks.flat_map(|stack| {
            let homes = stack.home.in_order(key(address)).filter(|home| home.address == address);
            homes.map(move |home| (&**stack, home)).collect::<Vec<_>>()
        });
        entries.collect()
    }

    /// The first address of a group that is not below another.
    #[must_use]
    pub fn from(&self, group: &str, address: IpAddr) -> Option<IpAddr> {
        self.groups.get(group)?.holders.range(address..).next().map(|(address, _)| *address)
    }
}

impl Group {
    fn new(mut homes: Vec<(IpAddr, u32)>) -> Self {
        // Quick where the addresses of each stack ascend.
        homes.sort();
        homes.dedup();
        let mut holders: Vec<(IpAddr, Holders)> = Vec::with_capacity(homes.len());
        let mut shared = BTreeSet::new();
        for (address, number) in homes {
            match holders.last_mut().filter(|(known, _)| *known == address) {
                Some((_, known)) => {
                    known.push(number);
                    shared.insert(address);
                }
                None => holders.push((address, SmallVec::from_slice(&[number]))),
            }
        }
        Self { holders: holders.into_iter().collect(), shared }
    }

    fn add(&mut self, address: IpAddr, number: u32) {
        let holders = self.holders.entry(address).or_default();
        let Err(place) = holders.binary_search(&number) else { return };
        holders.insert(place, number);
        if holders.len() > 1 {
            self.shared.insert(address);
        }
    }

    fn remove(&mut self, address: IpAddr, number: u32) {
        let Some(holders) = self.holders.get_mut(&address) else { return };
        holders.retain(|known| *known != number);
        if holders.len() < 2 {
            self.shared.remove(&address);
        }
        if holders.is_empty() {
            self.holders.remove(&address);
        }
    }
}
