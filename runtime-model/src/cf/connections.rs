//! A copy of the connection routing hash table (002#27-32): an entry for each 4-tuple. A port that is claimed by bind,
//! with no remote end yet, is an entry for any remote end.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use smallvec::SmallVec;

use super::structure::{Blocked, PortStructure, Shared, Use};
use crate::bits::Bits;
use crate::ids::StackId;

/// Entries by remote end, then port; and the ports that have any entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Table {
    by_peer: BTreeMap<Use, Bits>,
    ports: Bits,
    /// Entries of a port beyond the first.
    more: Shared<u16>,
}

impl Default for Table {
    fn default() -> Self {
        Self { by_peer: BTreeMap::new(), ports: Bits::new(false), more: Shared::new() }
    }
}

impl Table {
    fn insert(&mut self, port: u16, what: Use) -> bool {
        let fresh = self.by_peer.entry(what).or_insert_with(|| Bits::new(false)).insert(port);
        if fresh && !self.ports.insert(port) {
            self.more.add(port);
        }
        fresh
    }

    fn remove(&mut self, port: u16, what: Use) -> bool {
        let Some(bits) = self.by_peer.get_mut(&what) else { return false };
        let was = bits.remove(port);
        if bits.is_empty() {
            self.by_peer.remove(&what);
        }
        if was && !self.more.take(&port) {
            self.ports.remove(port);
        }
        was
    }

    fn entries(&self) -> impl Iterator<Item = (u16, Use)> + '_ {
        self.by_peer.iter().flat_map(|(what, bits)| bits.iter().map(move |port| (port, *what)))
    }
}

/// The table of one DVIPA and the entries of each stack in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Connections {
    split: bool,
    cluster: Table,
    stacks: BTreeMap<StackId, Table>,
    shared: Shared<(u16, Use)>,
}

impl Connections {
    pub(crate) fn new(split: bool) -> Self {
        Self { split, cluster: Table::default(), stacks: BTreeMap::new(), shared: Shared::new() }
    }

    fn drop_entry(&mut self, port: u16, what: Use) -> bool {
        !self.shared.take(&(port, what)) && self.cluster.remove(port, what)
    }
}

impl PortStructure for Connections {
    fn ensure(&mut self, stack: StackId) -> bool {
        if !self.split || self.stacks.contains_key(&stack) {
            return false;
        }
        self.stacks.insert(stack, Table::default());
        true
    }

    fn has(&self, stack: StackId) -> bool {
        self.stacks.contains_key(&stack)
    }

    fn stacks(&self) -> SmallVec<[StackId; 8]> {
        self.stacks.keys().copied().collect()
    }

    fn choose(&self, peer: Option<SocketAddr>, blocked: &Blocked<'_>) -> Option<u16> {
        let none = Bits::new(false);
        // A port for any remote end must have no entry at all; one for a given end, no entry for it and none by bind.
        let (first, second) = match peer {
            None => (&self.cluster.ports, &none),
            Some(peer) => (
                self.cluster.by_peer.get(&Use::With(peer)).unwrap_or(&none),
                self.cluster.by_peer.get(&Use::Port).unwrap_or(&none),
            ),
        };
        let mut sets = [first; 6];
        if let Some(slot) = sets.get_mut(1) {
            *slot = second;
        }
        for (slot, set) in sets.iter_mut().skip(2).zip(blocked.sets) {
            *slot = set;
        }
        Bits::lowest_free(&sets, blocked.skip, blocked.range.0, blocked.range.1)
    }

    fn claim(&mut self, stack: StackId, port: u16, what: Use) {
        if self.split && !self.stacks.entry(stack).or_default().insert(port, what) {
            return;
        }
        if !self.cluster.insert(port, what) {
            self.shared.add((port, what));
        }
    }

    fn free(&mut self, stack: StackId, port: u16, what: Use) {
        if self.split && !self.stacks.get_mut(&stack).is_some_and(|table| table.remove(port, what)) {
            return;
        }
        self.drop_entry(port, what);
    }

    fn recover(&mut self, failed: StackId) -> u32 {
        let Some(gone) = self.stacks.remove(&failed) else { return 0 };
        let mut freed = 0;
        for (port, what) in gone.entries() {
            if self.drop_entry(port, what) {
                freed += 1;
            }
        }
        freed
    }

    fn unavailable(&self) -> Vec<u16> {
        self.cluster.ports.iter().collect()
    }

    fn in_use(&self, stack: StackId) -> Vec<u16> {
        self.stacks.get(&stack).map(|t| t.ports.iter().collect()).unwrap_or_default()
    }

    fn holds(&self, stack: StackId, port: u16) -> bool {
        self.stacks.get(&stack).is_some_and(|t| t.ports.contains(port))
    }

    fn holders(&self, port: u16) -> u32 {
        if !self.cluster.ports.contains(port) {
            return 0;
        }
        if self.split {
            let n = self.stacks.values().filter(|t| t.ports.contains(port)).count();
            return u32::try_from(n).unwrap_or(u32::MAX);
        }
        1 + self.shared.extra(&(port, Use::Port))
    }
}
