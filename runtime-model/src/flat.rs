//! A map in one piece of memory, for parts of a state that are copied and walked through more often than they grow.

use std::ops::RangeInclusive;

use crate::ids::{AddrId, StackId};

/// Reads and hashes like a `BTreeMap`; a copy is one piece, a new key moves those behind it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Flat<K, V> {
    /// By key, each once.
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Flat<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

/// A key of a [`Flat`].
pub(crate) trait Key: Ord + Copy {
    /// How many keys there can be between this one and a lower one, that one included; none where nobody can tell.
    fn behind(self, first: Self) -> Option<usize>;
}

impl Key for AddrId {
    fn behind(self, first: Self) -> Option<usize> {
        usize::try_from(self.0.checked_sub(first.0)?).ok()
    }
}

impl Key for StackId {
    fn behind(self, first: Self) -> Option<usize> {
        self.0.checked_sub(first.0).map(usize::from)
    }
}

impl Key for (u16, StackId) {
    fn behind(self, _: Self) -> Option<usize> {
        None
    }
}

impl<K: Key, V> Flat<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        let (Some((first, _)), Some((last, _))) = (self.entries.first(), self.entries.last()) else {
            return Err(0);
        };
        // Most keys come in order.
        if last < key {
            return Err(self.entries.len());
        }
        // Numbers are given one after the other: where none is left out, the place is known, and it is never behind that.
        let furthest = key.behind(*first);
        if let Some(place) = furthest
            && self.entries.get(place).is_some_and(|(there, _)| there == key)
        {
            return Ok(place);
        }
        let before = furthest.and_then(|place| self.entries.get(..place)).unwrap_or(&self.entries);
        before.binary_search_by(|(there, _)| there.cmp(key))
    }

    pub(crate) fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Puts a value in, in place of what was there.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => {
                if let Some((_, old)) = self.entries.get_mut(place) {
                    *old = value;
                }
            }
            Err(place) => self.entries.insert(place, (key, value)),
        }
    }

    /// Changes the value of a key, beginning with the default where there is none.
    pub(crate) fn change<R>(&mut self, key: K, with: impl FnOnce(&mut V) -> R) -> Option<R>
    where
        V: Default,
    {
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.entries.insert(place, (key, V::default()));
                place
            }
        };
        self.entries.get_mut(place).map(|(_, value)| with(value))
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.place(key).ok()?;
        Some(self.entries.remove(place).1)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Entries from the first of two keys to the last.
    pub(crate) fn range(&self, keys: RangeInclusive<K>) -> impl Iterator<Item = (&K, &V)> {
        let first = self.entries.partition_point(|(key, _)| key < keys.start());
        let last = *keys.end();
        let rest = self.entries.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(key, _)| *key <= last).map(|(key, value)| (key, value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;
    use std::hash::{DefaultHasher, Hash, Hasher};

    use super::{Flat, Key};
    use crate::ids::{AddrId, StackId};

    fn print(value: &impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    }

    fn alike<K: Key + Hash + Debug>(number: impl Fn(u16) -> K) {
        let mut flat = Flat::<K, u32>::default();
        let mut tree = BTreeMap::new();
        for step in 0..2000u32 {
            let low = u16::try_from(step.wrapping_mul(2_654_435_761) >> 24).unwrap();
            let key = number(low);
            match step % 5 {
                0 | 1 => {
                    flat.insert(key, step);
                    tree.insert(key, step);
                }
                2 => assert_eq!(flat.remove(&key), tree.remove(&key)),
                3 => {
                    flat.change(key, |value| *value += 1);
                    *tree.entry(key).or_default() += 1;
                }
                _ => assert_eq!(flat.get(&key), tree.get(&key)),
            }
            if step % 397 == 0 {
                flat.retain(|_, value| *value % 3 != 0);
                tree.retain(|_, value| *value % 3 != 0);
            }
            let range = number(low.saturating_sub(20))..=key;
            assert!(flat.range(range.clone()).eq(tree.range(range)));
            assert!(flat.iter().eq(&tree));
            assert_eq!(print(&flat), print(&tree));
        }
    }

    #[test]
    fn holds_what_a_tree_holds() {
        alike(|number| AddrId(u32::from(number)));
        alike(StackId);
        alike(|number| (number / 16, StackId(number % 16)));
    }
}
