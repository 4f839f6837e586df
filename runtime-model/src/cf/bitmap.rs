//! Bitmaps (F8A:805, F8B:855-865, 002#18b, #25): a bit for each port, cluster-wide and for each stack.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use smallvec::SmallVec;

use super::structure::{Blocked, PortStructure, Shared, Use};
use crate::bits::{Bits, Combine};
use crate::ids::StackId;
use crate::model::Polarity;

/// Cluster-wide and stack-specific bitmaps of one DVIPA. The polarity turns both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bitmap {
    polarity: Polarity,
    split: bool,
    cluster: Bits,
    stacks: BTreeMap<StackId, Bits>,
    shared: Shared<u16>,
}

impl Bitmap {
    pub(crate) fn new(polarity: Polarity, split: bool) -> Self {
        let available_is_one = polarity == Polarity::OneIsAvailable;
        Self {
            polarity,
            split,
            cluster: Bits::new(available_is_one),
            stacks: BTreeMap::new(),
            shared: Shared::new(),
        }
    }

    fn fresh(&self) -> Bits {
        Bits::new(self.polarity == Polarity::OneIsInUse)
    }
}

impl PortStructure for Bitmap {
    fn ensure(&mut self, stack: StackId) -> bool {
        if !self.split || self.stacks.contains_key(&stack) {
            return false;
        }
        let fresh = self.fresh();
        self.stacks.insert(stack, fresh);
        true
    }

    fn has(&self, stack: StackId) -> bool {
        self.stacks.contains_key(&stack)
    }

    fn stacks(&self) -> SmallVec<[StackId; 8]> {
        self.stacks.keys().copied().collect()
    }

    fn choose(&self, _peer: Option<SocketAddr>, blocked: &Blocked<'_>) -> Option<u16> {
        let mut sets = [&self.cluster; 6];
        for (slot, set) in sets.iter_mut().skip(1).zip(blocked.sets) {
            *slot = set;
        }
        Bits::lowest_free(&sets, blocked.skip, blocked.range.0, blocked.range.1)
    }

    fn claim(&mut self, stack: StackId, port: u16, _what: Use) {
        if self.split {
            let fresh = Bits::new(self.polarity == Polarity::OneIsInUse);
            if !self.stacks.entry(stack).or_insert(fresh).insert(port) {
                return;
            }
        }
        if !self.cluster.insert(port) {
            self.shared.add(port);
        }
    }

    fn free(&mut self, stack: StackId, port: u16, _what: Use) {
        if self.split && !self.stacks.get_mut(&stack).is_some_and(|bits| bits.remove(port)) {
            return;
        }
        if !self.shared.take(&port) {
            self.cluster.remove(port);
        }
    }

    fn recover(&mut self, failed: StackId) -> u32 {
        let Some(mut gone) = self.stacks.remove(&failed) else { return 0 };
        let kept: Vec<u16> = gone.iter().filter(|port| self.shared.extra(port) > 0).collect();
        for port in kept {
            gone.remove(port);
            self.shared.take(&port);
        }
        let freed = gone.len();
        if freed > 0 {
            let how = match self.polarity {
                Polarity::OneIsAvailable => Combine::Or,
                Polarity::OneIsInUse => Combine::And,
            };
            self.cluster.combine(&gone, how);
        }
        freed
    }

    fn unavailable(&self) -> Vec<u16> {
        self.cluster.iter().collect()
    }

    fn in_use(&self, stack: StackId) -> Vec<u16> {
        self.stacks.get(&stack).map(|bits| bits.iter().collect()).unwrap_or_default()
    }

    fn holds(&self, stack: StackId, port: u16) -> bool {
        self.stacks.get(&stack).is_some_and(|bits| bits.contains(port))
    }

    fn holders(&self, port: u16) -> u32 {
        if self.cluster.contains(port) { 1 + self.shared.extra(&port) } else { 0 }
    }
}
