//! The entries of a table, and the chains of those with one key.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Keyed;
use super::chains::{Chain, Chains};

/// No node.
const NONE: u32 = u32::MAX;

/// One key of one entry, in the chain of all entries with this key. An entry that is alone with its key needs none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    place: u32,
    /// The node before; of the first one, the last one.
    before: u32,
    behind: u32,
}

/// What a chain is found by: half of the key; where two keys agree in it they share a chain.
pub(crate) fn tag(key: u64) -> u32 {
    (key >> 32) as u32 ^ key as u32
}

#[derive(Clone, Debug)]
pub(super) struct Inner<T> {
    /// None: taken out.
    pub(super) list: Vec<Option<T>>,
    pub(super) live: usize,
    /// The chain of the tag of each key: where nothing is found, nothing else is looked at.
    pub(super) chains: Chains,
    pub(super) nodes: Vec<Node>,
    /// How many of the nodes are in a chain.
    chained: usize,
    /// The node of each tag and place that is in a chain of several; there from the time when the first entry is taken out of one, as most tables
    /// only grow.
    nodes_of: Option<FxHashMap<(u32, u32), u32>>,
}

impl<T> Default for Inner<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            live: 0,
            chains: Chains::default(),
            nodes: Vec::new(),
            chained: 0,
            nodes_of: None,
        }
    }
}

impl<T> Inner<T> {
    pub(super) fn get(&self, place: u32) -> Option<&T> {
        self.list.get(place as usize)?.as_ref()
    }

    pub(super) fn places_of(&self, keys: impl IntoIterator<Item = u64>) -> BTreeSet<u32> {
        keys.into_iter().flat_map(|key| self.places(key)).collect()
    }

    pub(super) fn places(&self, key: u64) -> impl Iterator<Item = u32> + Clone {
        let (mut one, mut next) = match self.chains.get(tag(key)) {
            None => (None, NONE),
            Some(Chain::One(place)) => (Some(place), NONE),
            Some(Chain::Many(node)) => (None, node),
        };
        std::iter::from_fn({
            let nodes = self.nodes.as_slice();
            move || {
                if let Some(place) = one.take() {
                    return Some(place);
                }
                let node = nodes.get(next as usize)?;
                next = node.behind;
                Some(node.place)
            }
        })
    }

    /// Adds a node behind all others of the chain that begins with `first`; without that it is the first.
    fn add_node(&mut self, tag: u32, place: u32, first: Option<u32>) -> u32 {
        let node = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        let before = match first.and_then(|first| self.nodes.get_mut(first as usize)) {
            Some(first) => std::mem::replace(&mut first.before, node),
            None => node,
        };
        if let Some(before) = self.nodes.get_mut(before as usize) {
            before.behind = node;
        }
        self.nodes.push(Node { place, before, behind: NONE });
        self.chained += 1;
        if let Some(nodes_of) = &mut self.nodes_of {
            nodes_of.insert((tag, place), node);
        }
        node
    }

    pub(super) fn link_key(&mut self, tag: u32, place: u32) {
        match self.chains.get_or_insert(tag, Chain::One(place)) {
            None => {}
            Some(Chain::One(known)) if known == place => {}
            Some(Chain::One(known)) => {
                let first = self.add_node(tag, known, None);
                self.add_node(tag, place, Some(first));
                self.chains.set(tag, Chain::Many(first));
            }
            // Several keys of an entry may agree in what they are found by.
            Some(Chain::Many(first)) if self.has(tag, place, first) => {}
            Some(Chain::Many(first)) => {
                self.add_node(tag, place, Some(first));
            }
        }
    }

    /// Whether an entry is in a chain that begins with a node.
    fn has(&mut self, tag: u32, place: u32, first: u32) -> bool {
        // What an entry that is new has brought to the chain stands at its end.
        if place as usize >= self.list.len() {
            let last = self.nodes.get(first as usize).and_then(|first| self.nodes.get(first.before as usize));
            return last.is_some_and(|last| last.place == place);
        }
        self.nodes_of().contains_key(&(tag, place))
    }

    /// The node of each tag and place, gathered when it is asked for first.
    fn nodes_of(&mut self) -> &mut FxHashMap<(u32, u32), u32> {
        let Self { chains, nodes, nodes_of, .. } = self;
        nodes_of.get_or_insert_with(|| {
            let mut all = FxHashMap::default();
            for (tag, chain) in chains.iter() {
                let mut next = match chain {
                    Chain::One(_) => NONE,
                    Chain::Many(first) => first,
                };
                while let Some(node) = nodes.get(next as usize) {
                    all.insert((tag, node.place), next);
                    next = node.behind;
                }
            }
            all
        })
    }

    fn unlink_key(&mut self, tag: u32, place: u32) {
        let first = match self.chains.get(tag) {
            Some(Chain::One(known)) if known == place => return self.chains.remove(tag),
            Some(Chain::One(_)) | None => return,
            Some(Chain::Many(first)) => first,
        };
        let Some(at) = self.nodes_of().remove(&(tag, place)) else { return };
        self.chained -= 1;
        let Some(node) = self.nodes.get(at as usize).copied() else { return };
        if first == at {
            let behind = Some(node.behind).filter(|behind| *behind != NONE);
            if let Some(behind) = behind.and_then(|behind| self.nodes.get_mut(behind as usize)) {
                behind.before = node.before;
            }
            match behind {
                Some(behind) => self.chains.set(tag, Chain::Many(behind)),
                None => self.chains.remove(tag),
            }
            return;
        }
        if let Some(before) = self.nodes.get_mut(node.before as usize) {
            before.behind = node.behind;
        }
        let next = if node.behind == NONE { first } else { node.behind };
        if let Some(next) = self.nodes.get_mut(next as usize) {
            next.before = node.before;
        }
    }
}

impl<T: Keyed> Inner<T> {
    pub(super) fn push(&mut self, entry: T) {
        let place = u32::try_from(self.list.len()).unwrap_or(NONE);
        self.link(&entry, place);
        self.list.push(Some(entry));
        self.live += 1;
    }

    pub(super) fn link(&mut self, entry: &T, place: u32) {
        entry.keys(&mut |key| self.link_key(tag(key), place));
    }

    pub(super) fn unlink(&mut self, entry: &T, place: u32) {
        entry.keys(&mut |key| self.unlink_key(tag(key), place));
    }

    pub(super) fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        for entry in std::mem::take(self).list.into_iter().flatten() {
            if keep(&entry) {
                self.push(entry);
            }
        }
    }

    /// Makes room when most of what is kept is of entries that have gone.
    pub(super) fn tidy(&mut self) {
        let gone = self.list.len() - self.live;
        let nodes = self.chained.saturating_mul(4).saturating_add(64);
        if gone > self.live + 16 || self.nodes.len() > nodes {
            self.retain(|_| true);
        }
    }
}
