//! A set of port numbers as 65,536 bits, in 64 chunks that exist only where a bit differs from the fill. A set of few ports is
//! a list.
//!
//! The physical meaning of a one is free (`fill`): a port is *marked* when its bit differs from the fill. Words are
//! combined physically, so that recovery by OR or AND is what the sources say it is.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

const WORDS: usize = 16;
const CHUNKS: usize = 64;
type Chunk = [u64; WORDS];

/// Most ports of a list.
const FEW: usize = 8;

/// A set of ports; clones share their chunks until one is written. Sets are equal when fill and ports are.
#[derive(Clone, Debug)]
pub(crate) struct Bits {
    fill: u64,
    marks: Marks,
}

#[derive(Clone, Debug)]
enum Marks {
    /// Ascending, and how many.
    Few([u16; FEW], u8),
    Many(Many),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Many {
    /// None, or all.
    chunks: Vec<Option<Arc<Chunk>>>,
    /// A one for each chunk that exists.
    present: u64,
    /// A one for each chunk in which every port is marked.
    saturated: u64,
}

impl PartialEq for Bits {
    fn eq(&self, other: &Self) -> bool {
        self.fill == other.fill
            && match (&self.marks, &other.marks) {
                (Marks::Many(a), Marks::Many(b)) => a == b,
                (Marks::Few(..), _) | (Marks::Many(_), Marks::Few(..)) => self.iter().eq(other.iter()),
            }
    }
}

impl Eq for Bits {}

impl Hash for Bits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The fill is that of the form, the same in all states of one cluster. Three ports a word.
        let mut word = 1u64;
        for port in self.iter() {
            word = word << 16 | u64::from(port);
            if word >> 48 != 0 {
                state.write_u64(word);
                word = 1;
            }
        }
        state.write_u64(word);
    }
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
        Self { fill: if fill_one { u64::MAX } else { 0 }, marks: Marks::Few([0; FEW], 0) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match &self.marks {
            Marks::Few(_, n) => *n == 0,
            Marks::Many(many) => many.present == 0,
        }
    }

    fn few(&self) -> &[u16] {
        match &self.marks {
            Marks::Few(ports, n) => ports.get(..usize::from(*n)).unwrap_or_default(),
            Marks::Many(_) => &[],
        }
    }

    fn chunk(&self, c: usize) -> Option<&Chunk> {
        match &self.marks {
            Marks::Few(..) => None,
            Marks::Many(many) => many.chunk(c),
        }
    }

    #[inline]
    pub(crate) fn contains(&self, port: u16) -> bool {
        match &self.marks {
            Marks::Few(..) => self.few().contains(&port),
            Marks::Many(many) => many.contains(self.fill, port),
        }
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
        let fill = self.fill;
        match &mut self.marks {
            Marks::Few(ports, n) => {
                let len = usize::from(*n);
                let place = ports.iter().take(len).position(|p| *p >= port).unwrap_or(len);
                if ports.iter().take(len).nth(place) == Some(&port) {
                    if let Some(tail) = ports.get_mut(place..len) {
                        tail.rotate_left(1);
                    }
                    *n -= 1;
                } else if len < FEW {
                    if let Some(slot) = ports.get_mut(len) {
                        *slot = port;
                    }
                    if let Some(tail) = ports.get_mut(place..=len) {
                        tail.rotate_right(1);
                    }
                    *n += 1;
                } else {
                    let mut many = self.clone().into_many();
                    many.flip(fill, port);
                    self.marks = Marks::Many(many);
                }
            }
            Marks::Many(many) => {
                many.flip(fill, port);
                if many.present == 0 {
                    self.marks = Marks::Few([0; FEW], 0);
                }
            }
        }
    }

    /// Puts another set's physical words into this one.
    pub(crate) fn combine(&mut self, other: &Bits, how: Combine) {
        let (fill, theirs) = (self.fill, other.clone().into_many());
        let mut mine = std::mem::replace(self, Self::new(false)).into_many();
        mine.combine(fill, &theirs, other.fill, how);
        let len = mine.len(fill);
        self.fill = fill;
        self.marks = Marks::Many(mine);
        if len <= FEW {
            let mut ports = [0; FEW];
            let mut n = 0;
            for (slot, port) in ports.iter_mut().zip(self.iter()) {
                *slot = port;
                n += 1;
            }
            self.marks = Marks::Few(ports, n);
        }
    }

    fn into_many(self) -> Many {
        match self.marks {
            Marks::Many(many) => many,
            Marks::Few(ports, n) => {
                let mut many = Many::default();
                for port in ports.iter().take(usize::from(n)) {
                    many.flip(self.fill, *port);
                }
                many
            }
        }
    }

    /// Marked ports, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        let many = match &self.marks {
            Marks::Few(..) => None,
            Marks::Many(many) => Some(many.iter(self.fill)),
        };
        self.few().iter().copied().chain(many.into_iter().flatten())
    }

    pub(crate) fn len(&self) -> u32 {
        let n = match &self.marks {
            Marks::Few(_, n) => usize::from(*n),
            Marks::Many(many) => many.len(self.fill),
        };
        u32::try_from(n).unwrap_or(u32::MAX)
    }

    /// Lowest port from `first` to `last` that none of the sets marks and `skip` does not name.
    ///
    /// A word at a time; a chunk in which some set marks every port is passed over at once.
    pub(crate) fn lowest_free(sets: &[&Bits], skip: &[u16], first: u16, last: u16) -> Option<u16> {
        let full = sets.iter().fold(0u64, |all, s| match &s.marks {
            Marks::Few(..) => all,
            Marks::Many(many) => all | many.saturated,
        });
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
                for port in set.few() {
                    let (at, w, bit) = place(*port);
                    if at == c
                        && let Some(t) = taken.get_mut(w)
                    {
                        *t |= bit;
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

impl Many {
    fn chunk(&self, c: usize) -> Option<&Chunk> {
        self.chunks.get(c)?.as_deref()
    }

    fn contains(&self, fill: u64, port: u16) -> bool {
        let (c, w, bit) = place(port);
        self.chunk(c).and_then(|chunk| chunk.get(w)).is_some_and(|word| (word ^ fill) & bit != 0)
    }

    fn flip(&mut self, fill: u64, port: u16) {
        let (c, w, bit) = place(port);
        if self.chunks.is_empty() {
            self.chunks.resize(CHUNKS, None);
        }
        if let Some(slot) = self.chunks.get_mut(c) {
            let chunk = Arc::make_mut(slot.get_or_insert_with(|| Arc::new([fill; WORDS])));
            if let Some(word) = chunk.get_mut(w) {
                *word ^= bit;
            }
        }
        self.settle(fill, c);
    }

    /// Keeps the form unique: no chunk without a mark, no table without a chunk.
    fn settle(&mut self, fill: u64, c: usize) {
        let bit = 1u64 << c;
        let Some(slot) = self.chunks.get_mut(c) else { return };
        match slot.as_deref() {
            Some(chunk) if chunk.iter().all(|w| *w == fill) => {
                *slot = None;
                self.present &= !bit;
                self.saturated &= !bit;
            }
            Some(chunk) => {
                self.present |= bit;
                if chunk.iter().all(|w| *w == !fill) {
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

    fn combine(&mut self, fill: u64, other: &Many, other_fill: u64, how: Combine) {
        for c in 0..CHUNKS {
            if self.chunk(c).is_none() && other.chunk(c).is_none() && fill == other_fill {
                continue;
            }
            let mut words = self.chunk(c).copied().unwrap_or([fill; WORDS]);
            let theirs = other.chunk(c).copied().unwrap_or([other_fill; WORDS]);
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
            self.settle(fill, c);
        }
    }

    fn len(&self, fill: u64) -> usize {
        self.chunks.iter().flatten().flat_map(|c| c.iter()).map(|w| (w ^ fill).count_ones() as usize).sum()
    }

    fn iter(&self, fill: u64) -> impl Iterator<Item = u16> + '_ {
        self.chunks.iter().enumerate().flat_map(move |(c, chunk)| {
            chunk.iter().flat_map(move |chunk| {
                chunk.iter().enumerate().flat_map(move |(w, word)| {
                    let mut left = word ^ fill;
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
}

#[cfg(test)]
mod tests;
