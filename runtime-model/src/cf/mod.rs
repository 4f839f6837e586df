//! The coupling facility: port structures of each DVIPA with CLUSTERPORTS, and their locks.

pub(crate) mod access;
mod bitmap;
mod blocks;
mod connections;
mod list;
pub(crate) mod lock;
pub(crate) mod structure;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::ids::{AddrId, StackId};
use crate::model::Structures;
use lock::Lock;
pub use structure::Use;
use structure::{PortStructure, Structure};

/// XCF group and address: stacks of different groups share no structure.
pub(crate) type Key = (u16, AddrId);

/// Structures of one DVIPA, and the life of each stack that has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Entry {
    pub(crate) structure: Structure,
    pub(crate) lives: BTreeMap<StackId, u32>,
}

/// What a revision writes when the structures are returned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    /// Nothing but the creation of structures that are not there (F8B:850-865).
    Create,
    /// F9:935, F11:1155.
    Claim { port: u16, what: Use },
    /// F10:1020.
    Free { port: u16, what: Use },
    /// F8B:890: every port that was found.
    Write(Arc<Vec<(u16, Use)>>),
    /// F8A:840: what the routing stack found on behalf of the targets.
    WriteFor(Arc<Vec<(StackId, u16, Use)>>),
    /// F12:1210.
    Recover { failed: StackId, life: u32 },
    /// The request was refused: the structures go back as they are.
    Nothing,
}

/// What a coupling facility holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CouplingFacility {
    pub(crate) there: bool,
    pub(crate) entries: BTreeMap<Key, Arc<Entry>>,
    pub(crate) locks: BTreeMap<Key, Lock>,
    /// Stacks whose structure is that of a life that is over: what figure 12 has still to do.
    pub(crate) stale: BTreeMap<Key, BTreeSet<StackId>>,
    /// First and last port of the EXPLICITBINDPORTRANGE that is active in each group.
    pub(crate) pools: BTreeMap<u16, (u16, u16)>,
}

impl CouplingFacility {
    pub(crate) fn new() -> Self {
        Self {
            there: true,
            entries: BTreeMap::new(),
            locks: BTreeMap::new(),
            stale: BTreeMap::new(),
            pools: BTreeMap::new(),
        }
    }

    pub(crate) fn structure(&self, address: Key) -> Option<&dyn PortStructure> {
        self.entries.get(&address).map(|e| e.structure.get())
    }

    /// The present life of a stack is over.
    pub(crate) fn life_ends(&mut self, stack: StackId) {
        for (key, entry) in &self.entries {
            if entry.lives.contains_key(&stack) {
                self.stale.entry(*key).or_default().insert(stack);
            }
        }
    }

    /// Writes blocks that a stack had before the coupling facility was lost.
    pub(crate) fn grant(&mut self, address: Key, stack: StackId, blocks: impl Iterator<Item = u16>) {
        if let Some(entry) = self.entries.get_mut(&address) {
            let structure = Arc::make_mut(entry).structure.get_mut();
            for block in blocks {
                structure.grant(stack, block);
            }
        }
    }

    /// Writes a change of one stack to both structures, making them first where they are not there. Returns which of
    /// the two were made (cluster-wide, stack-specific).
    pub(crate) fn write(
        &mut self,
        form: Structures,
        address: Key,
        stack: StackId,
        life: u32,
        change: &Change,
    ) -> (bool, bool) {
        let creates = !matches!(change, Change::Nothing | Change::Recover { .. } | Change::Free { .. });
        if !creates && !self.entries.contains_key(&address) {
            return (false, false);
        }
        let made = !self.entries.contains_key(&address);
        let entry = self
            .entries
            .entry(address)
            .or_insert_with(|| Arc::new(Entry { structure: Structure::new(form), lives: BTreeMap::new() }));
        if matches!(change, Change::Nothing) {
            return (false, false);
        }
        let entry = Arc::make_mut(entry);
        let mut own = false;
        if creates {
            own = entry.structure.get_mut().ensure(stack);
            if own {
                entry.lives.insert(stack, life);
            }
        }
        let s = entry.structure.get_mut();
        match change {
            Change::Create | Change::Nothing => {}
            Change::Claim { port, what } => s.claim(stack, *port, *what),
            Change::Free { port, what } => s.free(stack, *port, *what),
            Change::Write(found) => {
                for (port, what) in found.iter() {
                    s.claim(stack, *port, *what);
                }
            }
            Change::WriteFor(found) => {
                for (stack, port, what) in found.iter() {
                    s.claim(*stack, *port, *what);
                }
            }
            Change::Recover { failed, life } => {
                if entry.lives.get(failed) == Some(life) {
                    s.recover(*failed);
                    entry.lives.remove(failed);
                    if let Some(stacks) = self.stale.get_mut(&address) {
                        stacks.remove(failed);
                        if stacks.is_empty() {
                            self.stale.remove(&address);
                        }
                    }
                }
            }
        }
        (made, own)
    }
}
