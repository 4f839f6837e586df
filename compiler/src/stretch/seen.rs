//! Which hashes have been seen: one flat list, so that a hash is found, or put where it is missing, in one line of memory, and that grows in its own
//! order. A big profile has hundreds of thousands.

/// Hashes, none of them 0.
#[derive(Default)]
pub(super) struct Seen {
    /// 0 where there is none. As many as a power of two, a quarter of them 0 at least; or none.
    slots: Vec<u32>,
    many: usize,
}

/// The fewest slots.
const LEAST: usize = 64;

impl Seen {
    /// Adds a hash. Whether it is new.
    pub(super) fn insert(&mut self, hash: u32) -> bool {
        if (self.many + 1) * 4 > self.slots.len() * 3 {
            let more = (self.slots.len() * 2).max(LEAST);
            let old = std::mem::replace(&mut self.slots, vec![0; more]);
            old.into_iter().filter(|hash| *hash != 0).for_each(|hash| {
                self.put(hash);
            });
        }
        let new = self.put(hash);
        self.many += usize::from(new);
        new
    }

    /// Looks where a hash would stand, and waits for nothing.
    pub(super) fn fetch(&self, hash: u32) {
        std::hint::black_box(self.slots.get(self.home(hash)));
    }

    /// In a list of twice the length at twice the place.
    fn home(&self, hash: u32) -> usize {
        let spread = u64::from(hash.wrapping_mul(0x9E37_79B1)) << 32;
        (spread >> (64 - self.slots.len().trailing_zeros())) as usize
    }

    fn put(&mut self, hash: u32) -> bool {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = self.home(hash);
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                *slot = hash;
                return true;
            }
            if *slot == hash {
                return false;
            }
            at = (at + 1) & mask;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_hash_is_new_once() {
        let (mut seen, mut known) = (Seen::default(), BTreeSet::new());
        let mut random = 7_u32;
        for round in 0..20_000_u32 {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            let hash = if round % 2 == 0 { random } else { random % 5000 + 1 };
            assert_eq!(seen.insert(hash), known.insert(hash), "{hash}");
        }
    }
}
