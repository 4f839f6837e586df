//! A set of port numbers as 65,536 bits, in 64 chunks that exist only where a bit differs from the fill.
//!
//! The physical meaning of a one is free (`fill`): a port is *marked* when its bit differs from the fill. Words are
//! combined physically, so that recovery by OR or AND is what the sources say it is.

use std::sync::Arc;

const WORDS: usize = 16;
const CHUNKS: usize = 64;
type Chunk = [u64; WORDS];

/// A set of ports; clones share their chunks until one is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bits {
    fill: u64,
    chunks: Vec<Option<Arc<Chunk>>>,
    /// A one for each chunk that exists.
    present: u64,
    /// A one for each chunk in which every port is marked.
    saturated: u64,
}

/// How two physical words are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combine {
    Or,
    And,
}

fn place(port: u16) -> (usize, usize, u64) {
    let p = usize::from(port);
    (p >> 10, (p >> 6) & (WORDS - 1), 1 << (p & 63))
}

impl Bits {
    /// An empty set whose unmarked bits are zero, or one.
    pub(crate) fn new(fill_one: bool) -> Self {
        Self { fill: if fill_one { u64::MAX } else { 0 }, chunks: Vec::new(), present: 0, saturated: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.present == 0
    }

    fn chunk(&self, c: usize) -> Option<&Chunk> {
        self.chunks.get(c)?.as_deref()
    }

    pub(crate) fn contains(&self, port: u16) -> bool {
        let (c, w, bit) = place(port);
        self.chunk(c).and_then(|chunk| chunk.get(w)).is_some_and(|word| (word ^ self.fill) & bit != 0)
    }

    /// Marks a port; false if it was marked.
    pub(crate) fn insert(&mut self, port: u16) -> bool {
        if self.contains(port) {
            return false;
        }
        self.flip(port);
        true
    }

    /// Unmarks a port; false if it was not marked.
    pub(crate) fn remove(&mut self, port: u16) -> bool {
        if !self.contains(port) {
            return false;
        }
        self.flip(port);
        true
    }

    fn flip(&mut self, port: u16) {
        let (c, w, bit) = place(port);
        let fill = self.fill;
        if self.chunks.is_empty() {
            self.chunks.resize(CHUNKS, None);
        }
        if let Some(slot) = self.chunks.get_mut(c) {
            let chunk = Arc::make_mut(slot.get_or_insert_with(|| Arc::new([fill; WORDS])));
            if let Some(word) = chunk.get_mut(w) {
                *word ^= bit;
            }
        }
        self.settle(c);
    }

    /// Keeps the form unique: no chunk without a mark, no table without a chunk.
    fn settle(&mut self, c: usize) {
        let bit = 1u64 << c;
        let Some(slot) = self.chunks.get_mut(c) else { return };
        match slot.as_deref() {
            Some(chunk) if chunk.iter().all(|w| *w == self.fill) => {
                *slot = None;
                self.present &= !bit;
                self.saturated &= !bit;
            }
            Some(chunk) => {
                self.present |= bit;
                if chunk.iter().all(|w| *w == !self.fill) {
                    self.saturated |= bit;
                } else {
                    self.saturated &= !bit;
                }
            }
            None => {
                self.present &= !bit;
                self.saturated &= !bit;
            }
        }
        if self.present == 0 {
            self.chunks.clear();
        }
    }

    /// Puts another set's physical words into this one.
    pub(crate) fn combine(&mut self, other: &Bits, how: Combine) {
        for c in 0..CHUNKS {
            if self.chunk(c).is_none() && other.chunk(c).is_none() && self.fill == other.fill {
                continue;
            }
            let mut words = self.chunk(c).copied().unwrap_or([self.fill; WORDS]);
            let theirs = other.chunk(c).copied().unwrap_or([other.fill; WORDS]);
            for (word, their) in words.iter_mut().zip(theirs) {
                *word = match how {
                    Combine::Or => *word | their,
                    Combine::And => *word & their,
                };
            }
            if self.chunks.is_empty() {
                self.chunks.resize(CHUNKS, None);
            }
            if let Some(slot) = self.chunks.get_mut(c) {
                *slot = Some(Arc::new(words));
            }
            self.settle(c);
        }
    }

    /// Marked ports, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        self.chunks.iter().enumerate().flat_map(move |(c, chunk)| {
            chunk.iter().flat_map(move |chunk| {
                chunk.iter().enumerate().flat_map(move |(w, word)| {
                    let mut left = word ^ self.fill;
                    std::iter::from_fn(move || {
                        if left == 0 {
                            return None;
                        }
                        let bit = left.trailing_zeros() as usize;
                        left &= left - 1;
                        u16::try_from((c << 10) | (w << 6) | bit).ok()
                    })
                })
            })
        })
    }

    pub(crate) fn len(&self) -> u32 {
        self.chunks.iter().flatten().flat_map(|c| c.iter()).map(|w| (w ^ self.fill).count_ones()).sum()
    }

    /// Lowest port from `first` to `last` that none of the sets marks and `skip` does not name.
    ///
    /// A word at a time; a chunk in which some set marks every port is passed over at once.
    pub(crate) fn lowest_free(sets: &[&Bits], skip: &[u16], first: u16, last: u16) -> Option<u16> {
        let full = sets.iter().fold(0u64, |all, s| all | s.saturated);
        let (from, to) = (usize::from(first) >> 10, usize::from(last) >> 10);
        for c in from..=to {
            if full & (1u64 << c) != 0 {
                continue;
            }
            let mut taken = [0u64; WORDS];
            for set in sets {
                if let Some(chunk) = set.chunk(c) {
                    for (t, word) in taken.iter_mut().zip(chunk) {
                        *t |= word ^ set.fill;
                    }
                }
            }
            for (w, word) in taken.iter().enumerate() {
                let mut free = !word;
                while free != 0 {
                    let port = u16::try_from((c << 10) | (w << 6) | free.trailing_zeros() as usize).ok()?;
                    if port > last {
                        return None;
                    }
                    if port >= first && !skip.contains(&port) {
                        return Some(port);
                    }
                    free &= free - 1;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_that_is_emptied_is_the_empty_set() {
        for fill in [false, true] {
            let mut bits = Bits::new(fill);
            assert!(bits.insert(2000));
            assert!(!bits.insert(2000));
            assert!(bits.insert(65535));
            assert_eq!(bits.iter().collect::<Vec<_>>(), [2000, 65535]);
            assert!(bits.remove(2000) && bits.remove(65535));
            assert_eq!(bits, Bits::new(fill));
        }
    }

    #[test]
    fn recovery_by_or_and_by_and_frees_the_same_ports() {
        for one_is_available in [true, false] {
            let (mut cluster, mut stack) = (Bits::new(one_is_available), Bits::new(!one_is_available));
            for port in [1025, 1026, 40000] {
                cluster.insert(port);
            }
            for port in [1026, 40000] {
                stack.insert(port);
            }
            cluster.combine(&stack, if one_is_available { Combine::Or } else { Combine::And });
            assert_eq!(cluster.iter().collect::<Vec<_>>(), [1025]);
        }
    }

    #[test]
    fn the_last_free_port_is_found() {
        let mut bits = Bits::new(true);
        for port in 1025..=65535 {
            bits.insert(port);
        }
        assert_eq!(Bits::lowest_free(&[&bits], &[], 1025, 65535), None);
        bits.remove(65535);
        assert_eq!(Bits::lowest_free(&[&bits], &[], 1025, 65535), Some(65535));
        assert_eq!(Bits::lowest_free(&[&bits], &[65535], 1025, 65535), None);
        assert_eq!(bits.len(), 64510);
    }
}
