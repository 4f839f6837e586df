//! A list that keeps its order and finds its entries by key, so that a profile with many thousands of entries is applied in proportion to its size.

use std::hash::{Hash, Hasher as _};
use std::ops::Deref;

use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;

/// What an entry can be found by: one key or several.
pub trait Keyed {
    /// Gives each of its keys, made with [`key`].
    fn keys(&self, add: &mut dyn FnMut(u64));
}

/// A key. Different things may share one: a search goes on to compare.
#[must_use]
pub fn key(of: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    hasher.finish()
}

/// The list. Compares and serialises as its entries alone.
#[derive(Clone, Debug)]
pub struct Table<T> {
    list: Vec<T>,
    index: FxHashMap<u64, Vec<u32>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { list: Vec::new(), index: FxHashMap::default() }
    }
}

impl<T> Deref for Table<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.list
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl<T: Eq> Eq for Table<T> {}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

impl<'t, T> IntoIterator for &'t Table<T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<T: Keyed> Table<T> {
    /// Adds an entry at the end.
    pub fn push(&mut self, entry: T) {
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        entry.keys(&mut |key| self.index.entry(key).or_default().push(place));
        self.list.push(entry);
    }

    /// The entries with a key, in order of the list; others may be among them.
    pub fn with(&self, key: u64) -> impl Iterator<Item = &T> {
        let places = self.index.get(&key).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.list.get(*place as usize))
    }

    /// Keeps the entries that a condition holds for.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        let mut list = std::mem::take(&mut self.list);
        list.retain(keep);
        self.index.clear();
        for entry in list {
            self.push(entry);
        }
    }

    /// Takes the entry at a place out.
    pub fn remove(&mut self, place: usize) -> Option<T> {
        if place >= self.list.len() {
            return None;
        }
        let mut list = std::mem::take(&mut self.list);
        let gone = list.remove(place);
        self.index.clear();
        for entry in list {
            self.push(entry);
        }
        Some(gone)
    }

    /// Changes entries; what they are found by is looked at again.
    pub fn change(&mut self, mut change: impl FnMut(&mut T)) {
        let list = std::mem::take(&mut self.list);
        self.index.clear();
        for mut entry in list {
            change(&mut entry);
            self.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Named(&'static str, u32);

    impl Keyed for Named {
        fn keys(&self, add: &mut dyn FnMut(u64)) {
            add(key(self.0));
            add(key(self.1));
        }
    }

    #[test]
    fn entries_are_found_by_each_key_in_order_and_after_changes() {
        let mut table = Table::default();
        for (name, number) in [("A", 1), ("B", 2), ("A", 2)] {
            table.push(Named(name, number));
        }
        let numbers = |table: &Table<Named>| table.with(key("A")).map(|entry| entry.1).collect::<Vec<_>>();
        assert_eq!(numbers(&table), [1, 2]);
        assert_eq!(table.with(key(2_u32)).count(), 2);
        assert_eq!(table.remove(0), Some(Named("A", 1)));
        assert_eq!(numbers(&table), [2]);
        table.change(|entry| entry.1 += 10);
        assert_eq!(numbers(&table), [12]);
        table.retain(|entry| entry.0 == "B");
        assert!(numbers(&table).is_empty());
        assert_eq!(table.len(), 1);
    }
}
