//! Enumerated lists (002#19, #26): the available ports of the cluster, the ports in use of each stack.
//!
//! Neighbouring ports are written as one run, so that a list of 64,000 ports is short while it is whole.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use smallvec::SmallVec;

use super::structure::{Blocked, PortStructure, Shared, Use};
use crate::bits::Bits;
use crate::ids::StackId;

/// Ports as ascending runs, first to last inclusive, that neither touch nor overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Runs(BTreeMap<u16, u16>);

impl Runs {
    fn whole() -> Self {
        Self(BTreeMap::from([(0, u16::MAX)]))
    }

    fn run(&self, port: u16) -> Option<(u16, u16)> {
        self.0.range(..=port).next_back().map(|(a, b)| (*a, *b)).filter(|(_, last)| *last >= port)
    }

    fn contains(&self, port: u16) -> bool {
        self.run(port).is_some()
    }

    /// False if the port was not listed.
    fn remove(&mut self, port: u16) -> bool {
        let Some((first, last)) = self.run(port) else { return false };
        self.0.remove(&first);
        if first < port {
            self.0.insert(first, port - 1);
        }
        if port < last {
            self.0.insert(port + 1, last);
        }
        true
    }

    /// Appends a port without making a duplicate; false if it was listed.
    fn append(&mut self, port: u16) -> bool {
        if self.contains(port) {
            return false;
        }
        let before = port.checked_sub(1).and_then(|p| self.run(p));
        let after = port.checked_add(1).and_then(|p| self.run(p));
        if let Some((first, _)) = after {
            self.0.remove(&first);
        }
        let first = before.map_or(port, |(first, _)| first);
        let last = after.map_or(port, |(_, last)| last);
        self.0.insert(first, last);
        true
    }

    fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().flat_map(|(first, last)| *first..=*last)
    }
}

/// Cluster-wide list of available ports and stack-specific lists of ports in use of one DVIPA.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct List {
    split: bool,
    available: Runs,
    stacks: BTreeMap<StackId, Runs>,
    shared: Shared<u16>,
}

impl List {
    pub(crate) fn new(split: bool) -> Self {
        Self { split, available: Runs::whole(), stacks: BTreeMap::new(), shared: Shared::new() }
    }
}

impl PortStructure for List {
    fn ensure(&mut self, stack: StackId) -> bool {
        if !self.split || self.stacks.contains_key(&stack) {
            return false;
        }
        self.stacks.insert(stack, Runs::default());
        true
    }

    fn has(&self, stack: StackId) -> bool {
        self.stacks.contains_key(&stack)
    }

    fn stacks(&self) -> SmallVec<[StackId; 8]> {
        self.stacks.keys().copied().collect()
    }

    fn choose(&self, _peer: Option<SocketAddr>, blocked: &Blocked<'_>) -> Option<u16> {
        let (low, high) = blocked.range;
        let start = self.available.run(low).map_or(low, |(first, _)| first);
        self.available.0.range(start..=high).find_map(|(first, last)| {
            let (first, last) = ((*first).max(low), (*last).min(high));
            if first > last { None } else { Bits::lowest_free(blocked.sets, blocked.skip, first, last) }
        })
    }

    fn claim(&mut self, stack: StackId, port: u16, _what: Use) {
        if self.split && !self.stacks.entry(stack).or_default().append(port) {
            return;
        }
        if !self.available.remove(port) {
            self.shared.add(port);
        }
    }

    fn free(&mut self, stack: StackId, port: u16, _what: Use) {
        if self.split && !self.stacks.get_mut(&stack).is_some_and(|runs| runs.remove(port)) {
            return;
        }
        if !self.shared.take(&port) {
            self.available.append(port);
        }
    }

    fn recover(&mut self, failed: StackId) -> u32 {
        let Some(gone) = self.stacks.remove(&failed) else { return 0 };
        let mut freed = 0;
        for port in gone.iter() {
            if !self.shared.take(&port) {
                self.available.append(port);
                freed += 1;
            }
        }
        freed
    }

    fn unavailable(&self) -> Vec<u16> {
        let mut next = Some(0u16);
        let mut ports = Vec::new();
        for (first, last) in &self.available.0 {
            ports.extend(next.into_iter().flat_map(|from| from..*first));
            next = last.checked_add(1);
        }
        ports.extend(next.into_iter().flat_map(|from| from..=u16::MAX));
        ports
    }

    fn in_use(&self, stack: StackId) -> Vec<u16> {
        self.stacks.get(&stack).map(|runs| runs.iter().collect()).unwrap_or_default()
    }

    fn holds(&self, stack: StackId, port: u16) -> bool {
        self.stacks.get(&stack).is_some_and(|runs| runs.contains(port))
    }

    fn holders(&self, port: u16) -> u32 {
        if self.available.contains(port) { 0 } else { 1 + self.shared.extra(&port) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_split_and_join() {
        let mut runs = Runs::whole();
        assert!(runs.remove(0) && runs.remove(2000) && runs.remove(u16::MAX) && !runs.remove(2000));
        assert_eq!(runs.0.len(), 2);
        assert!(runs.append(2000) && !runs.append(2000));
        assert_eq!(runs.0, BTreeMap::from([(1, 65534)]));
        assert!(runs.append(0) && runs.append(u16::MAX));
        assert_eq!(runs, Runs::whole());
    }
}
