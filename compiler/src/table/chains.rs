//! What each key of a table leads to: one flat list, looked at from where the key would stand. A key is found, or found missing, in one line of memory as
//! a rule, and the list grows in its own order.

use super::{MASK, NEAR};

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// The one entry at this place.
    One(u32),
    /// Those of the chain that begins with this node.
    Many(u32),
}

impl Chain {
    /// As one number: half of the places there could be, half of the nodes.
    fn packed(self) -> u32 {
        match self {
            Self::One(place) => place << 1,
            Self::Many(node) => (node << 1) | 1,
        }
    }

    fn of(packed: u32) -> Self {
        if packed & 1 == 0 { Self::One(packed >> 1) } else { Self::Many(packed >> 1) }
    }
}

/// A slot with nothing in it.
const EMPTY: u64 = 0;

/// The fewest slots: one line of memory.
const LEAST: usize = 1 << NEAR;

/// Chains by tag.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    /// The tag, and the packed chain with one added. As many as a power of two, a quarter of them empty at least; or none.
    slots: Vec<u64>,
    many: usize,
}

/// A tag where it is, or the empty slot that ends the search for it.
enum Found {
    At(usize, Chain),
    Empty(usize),
}

impl Chains {
    /// The chain of a tag.
    pub(super) fn get(&self, tag: u32) -> Option<Chain> {
        match self.find(tag)? {
            Found::At(_, chain) => Some(chain),
            Found::Empty(_) => None,
        }
    }

    /// Looks where a tag would stand, and waits for nothing: several in a row are fetched from memory at the same time.
    pub(super) fn fetch(&self, tag: u32) {
        std::hint::black_box(self.slots.get(self.home(tag)));
    }

    /// The chain of a tag; where there is none, it leads to this one from now on.
    pub(super) fn get_or_insert(&mut self, tag: u32, chain: Chain) -> Option<Chain> {
        if (self.many + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        match self.find(tag)? {
            Found::At(_, known) => Some(known),
            Found::Empty(at) => {
                self.put(at, tag, chain);
                self.many += 1;
                None
            }
        }
    }

    /// Lets a tag that is there lead to something else.
    pub(super) fn set(&mut self, tag: u32, chain: Chain) {
        if let Some(Found::At(at, _)) = self.find(tag) {
            self.put(at, tag, chain);
        }
    }

    /// Takes a tag out. What stands behind it moves up to where it is still found.
    pub(super) fn remove(&mut self, tag: u32) {
        let Some(Found::At(mut hole, _)) = self.find(tag) else { return };
        self.many -= 1;
        let mask = self.slots.len() - 1;
        let mut next = hole;
        loop {
            next = (next + 1) & mask;
            let slot = self.slots.get(next).copied().unwrap_or(EMPTY);
            if slot == EMPTY {
                break;
            }
            let way = |from: usize| next.wrapping_sub(from) & mask;
            if way(self.home(tag_of(slot))) >= way(hole) {
                if let Some(place) = self.slots.get_mut(hole) {
                    *place = slot;
                }
                hole = next;
            }
        }
        if let Some(place) = self.slots.get_mut(hole) {
            *place = EMPTY;
        }
    }

    /// All tags with their chains.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Chain)> {
        self.slots.iter().filter(|slot| **slot != EMPTY).map(|slot| (tag_of(*slot), chain_of(*slot)))
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.many
    }

    fn find(&self, tag: u32) -> Option<Found> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = self.home(tag);
        loop {
            let slot = *self.slots.get(at)?;
            if slot == EMPTY {
                return Some(Found::Empty(at));
            }
            if tag_of(slot) == tag {
                return Some(Found::At(at, chain_of(slot)));
            }
            at = (at + 1) & mask;
        }
    }

    /// Where a tag would stand: beside those that differ in the last bits alone, and in a list of twice the length at about twice the place, so that
    /// growing goes through both from their beginning to their end.
    fn home(&self, tag: u32) -> usize {
        let spread = u64::from(tag >> NEAR).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let lines = self.slots.len().trailing_zeros().saturating_sub(NEAR);
        // Two steps: a list of one line has no bits for it.
        let line = (spread >> 1 >> (63 - lines)) as usize;
        line << NEAR | tag as usize & usize::from(MASK)
    }

    fn put(&mut self, at: usize, tag: u32, chain: Chain) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = u64::from(tag) << 32 | (u64::from(chain.packed()) + 1);
        }
    }

    /// Makes room for some more.
    pub(super) fn reserve(&mut self, more: usize) {
        let slots = (self.many + more).saturating_mul(4).div_ceil(3).next_power_of_two();
        if slots > self.slots.len() {
            self.grow_to(slots.max(LEAST));
        }
    }

    fn grow(&mut self) {
        self.grow_to((self.slots.len() * 2).max(LEAST));
    }

    fn grow_to(&mut self, more: usize) {
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; more]);
        for slot in old.into_iter().filter(|slot| *slot != EMPTY) {
            if let Some(Found::Empty(at)) = self.find(tag_of(slot))
                && let Some(place) = self.slots.get_mut(at)
            {
                *place = slot;
            }
        }
    }
}

fn tag_of(slot: u64) -> u32 {
    (slot >> 32) as u32
}

fn chain_of(slot: u64) -> Chain {
    Chain::of((slot as u32).wrapping_sub(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn tags_come_and_go_as_in_an_ordered_map() {
        let (mut chains, mut map) = (Chains::default(), BTreeMap::new());
        let mut random = 7_u32;
        for round in 0..20_000 {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            // Few tags, so that many stand beside each other.
            let tag = random % 700;
            match random >> 30 {
                0 | 1 => {
                    let known = chains.get_or_insert(tag, Chain::One(round));
                    assert_eq!(known, map.get(&tag).copied());
                    map.entry(tag).or_insert(Chain::One(round));
                }
                2 => {
                    chains.set(tag, Chain::Many(round));
                    map.entry(tag).and_modify(|chain| *chain = Chain::Many(round));
                }
                _ => {
                    chains.remove(tag);
                    map.remove(&tag);
                }
            }
            assert_eq!(chains.get(tag), map.get(&tag).copied());
            assert_eq!(chains.len(), map.len());
        }
        assert_eq!(chains.iter().collect::<BTreeMap<_, _>>(), map);
    }
}
