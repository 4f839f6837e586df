//! Blocks of 64 ports (04:3.3): a stack gets a whole block of a DVIPA and hands its ports out itself; a port that an
//! application names is asked for alone.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use smallvec::SmallVec;

use super::structure::{Blocked, PortStructure, Shared, Use};
use crate::bits::Bits;
use crate::ids::StackId;

/// Ports in a block.
const SIZE: u16 = 64;

/// Blocks of one DVIPA by number (first port / 64) with the stack that has each, and the ports in use of every stack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Blocks {
    owners: BTreeMap<u16, StackId>,
    cluster: Bits,
    stacks: BTreeMap<StackId, Bits>,
    shared: Shared<u16>,
}

impl Blocks {
    pub(crate) fn new() -> Self {
        Self {
            owners: BTreeMap::new(),
            cluster: Bits::new(false),
            stacks: BTreeMap::new(),
            shared: Shared::new(),
        }
    }

    /// Lowest free port of a block that may be chosen.
    fn port_in(&self, block: u16, blocked: &Blocked<'_>) -> Option<u16> {
        let first = block.checked_mul(SIZE)?.max(blocked.range.0);
        let last = block.checked_mul(SIZE)?.saturating_add(SIZE - 1).min(blocked.range.1);
        if first > last {
            return None;
        }
        let mut sets = [&self.cluster; 6];
        for (slot, set) in sets.iter_mut().skip(1).zip(blocked.sets) {
            *slot = set;
        }
        Bits::lowest_free(&sets, blocked.skip, first, last)
    }
}

impl PortStructure for Blocks {
    fn ensure(&mut self, stack: StackId) -> bool {
        if self.stacks.contains_key(&stack) {
            return false;
        }
        self.stacks.insert(stack, Bits::new(false));
        true
    }

    fn has(&self, stack: StackId) -> bool {
        self.stacks.contains_key(&stack)
    }

    fn stacks(&self) -> SmallVec<[StackId; 8]> {
        self.stacks.keys().copied().collect()
    }

    fn choose(&self, _peer: Option<SocketAddr>, blocked: &Blocked<'_>) -> Option<u16> {
        let own = self.owners.iter().filter(|(_, owner)| **owner == blocked.stack);
        own.map(|(block, _)| *block).find_map(|block| self.port_in(block, blocked)).or_else(|| {
            let (low, high) = (blocked.range.0 / SIZE, blocked.range.1 / SIZE);
            let mut free = (low..=high).filter(|block| !self.owners.contains_key(block));
            free.find_map(|block| self.port_in(block, blocked))
        })
    }

    fn claim(&mut self, stack: StackId, port: u16, what: Use) {
        if what == Use::Block {
            self.owners.entry(port / SIZE).or_insert(stack);
        }
        if !self.stacks.entry(stack).or_insert_with(|| Bits::new(false)).insert(port) {
            return;
        }
        if !self.cluster.insert(port) {
            self.shared.add(port);
        }
    }

    fn free(&mut self, stack: StackId, port: u16, _what: Use) {
        if !self.stacks.get_mut(&stack).is_some_and(|bits| bits.remove(port)) {
            return;
        }
        if !self.shared.take(&port) {
            self.cluster.remove(port);
        }
    }

    fn recover(&mut self, failed: StackId) -> u32 {
        self.owners.retain(|_, owner| *owner != failed);
        let Some(gone) = self.stacks.remove(&failed) else { return 0 };
        let mut freed = 0;
        for port in gone.iter() {
            if !self.shared.take(&port) {
                self.cluster.remove(port);
                freed += 1;
            }
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

    fn block_of(&self, port: u16) -> Option<StackId> {
        self.owners.get(&(port / SIZE)).copied()
    }

    fn blocks(&self, stack: StackId) -> Vec<u16> {
        self.owners.iter().filter(|(_, owner)| **owner == stack).map(|(block, _)| *block).collect()
    }

    fn grant(&mut self, stack: StackId, block: u16) {
        self.owners.entry(block).or_insert(stack);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: StackId = StackId(0);
    const B: StackId = StackId(1);

    fn next(blocks: &Blocks, stack: StackId, range: (u16, u16)) -> Option<u16> {
        blocks.choose(None, &Blocked { sets: &[], skip: &[], range, stack })
    }

    #[test]
    fn a_stack_uses_its_block_up_before_it_gets_another() {
        let mut blocks = Blocks::new();
        for n in 0..SIZE {
            let port = next(&blocks, A, (1024, 65535)).unwrap();
            assert_eq!(port, 1024 + n);
            blocks.claim(A, port, Use::Block);
        }
        assert_eq!(next(&blocks, B, (1024, 65535)), Some(1088));
        blocks.claim(B, 1088, Use::Block);
        assert_eq!(next(&blocks, A, (1024, 65535)), Some(1152));
        assert_eq!((blocks.blocks(A), blocks.blocks(B)), (vec![16], vec![17]));
        blocks.free(A, 1030, Use::Port);
        assert_eq!(next(&blocks, A, (1024, 65535)), Some(1030), "a freed port stays in its block");
        assert_eq!(next(&blocks, A, (1031, 1087)), None, "the range has no port left");
    }

    #[test]
    fn a_single_port_takes_no_block_and_a_failed_stack_gives_everything_back() {
        let mut blocks = Blocks::new();
        blocks.claim(A, 2000, Use::Port);
        assert_eq!((blocks.blocks(A), blocks.block_of(2000)), (vec![], None));
        blocks.claim(A, 1024, Use::Block);
        assert_eq!(blocks.recover(A), 2);
        assert_eq!((blocks.unavailable(), next(&blocks, B, (1024, 65535))), (vec![], Some(1024)));
    }
}
