//! A list that keeps its order and finds its entries by key, so that a profile with many thousands of entries is applied in proportion to its size.

mod chains;
mod inner;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;
use serde::Serialize;
use smallvec::SmallVec;

use inner::Inner;
pub(crate) use inner::tag;

/// What an entry can be found by: one key or several.
pub trait Keyed {
    /// Gives each of its keys, made with [`key`].
    fn keys(&self, add: &mut dyn FnMut(u64));
}

impl<T: Keyed> Keyed for Arc<T> {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        (**self).keys(add);
    }
}

/// A key. Different things may share one: a search goes on to compare.
#[must_use]
pub fn key(of: impl Hash) -> u64 {
    let mut hasher = Near::default();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Gives things that differ in the last bits alone keys that differ in the last bits alone: names with a number at their end, addresses and ports come one
/// behind the other, and [`chains`] keeps what is known of such keys together.
#[derive(Default)]
struct Near {
    hasher: FxHasher,
    last: u8,
}

/// So many bits.
const NEAR: u32 = 3;
const MASK: u8 = (1 << NEAR) - 1;

impl Hasher for Near {
    fn finish(&self) -> u64 {
        self.hasher.finish() & !u64::from(MASK) | u64::from(self.last)
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some((last, rest)) = bytes.split_last() {
            self.hasher.write(rest);
            self.hasher.write_u8(last & !MASK);
            self.last ^= last & MASK;
        }
    }

    fn write_u8(&mut self, number: u8) {
        // Flags, and what ends a text.
        self.hasher.write_u8(number);
    }

    fn write_u16(&mut self, number: u16) {
        self.hasher.write_u16(number & !u16::from(MASK));
        self.last ^= number as u8 & MASK;
    }

    fn write_u32(&mut self, number: u32) {
        // The bytes of an address, the first of them first.
        let number = u32::from_be(number);
        self.hasher.write_u32(number & !u32::from(MASK));
        self.last ^= number as u8 & MASK;
    }

    fn write_u64(&mut self, number: u64) {
        self.hasher.write_u64(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.hasher.write_usize(number);
    }
}

/// The list. Compares and serialises as its entries alone. Adding, finding, changing and taking out an entry cost the same however long it is;
/// a clone shares the entries until one of the two changes.
#[derive(Clone, Debug)]
pub struct Table<T> {
    inner: Arc<Inner<T>>,
}

/// The entries in order.
pub type Iter<'t, T> = std::iter::Flatten<std::slice::Iter<'t, Option<T>>>;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { inner: Arc::default() }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

impl<T: Eq> Eq for Table<T> {}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'t, T> IntoIterator for &'t Table<T> {
    type Item = &'t T;
    type IntoIter = Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone> IntoIterator for Table<T> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Option<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.inner).list.into_iter().flatten()
    }
}

impl<T> Table<T> {
    /// The entries in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.inner.list.iter().flatten()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.live
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.live == 0
    }

    /// The first entry.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    /// Has what is known of a key fetched from memory. Who looks for many keys that are far apart in a big table asks for some of them first: waiting for
    /// one after the other takes longer than all the rest.
    pub fn fetch(&self, key: u64) {
        self.inner.chains.fetch(tag(key));
    }

    /// The entries with a key, in the order in which they came to have it; others may be among them.
    pub fn with(&self, key: u64) -> impl Iterator<Item = &T> + Clone {
        let inner = &*self.inner;
        inner.places(key).filter_map(|place| inner.get(place))
    }

    /// Where the first entry with a key stands that a condition holds for.
    pub fn place(&self, key: u64, fits: impl Fn(&T) -> bool) -> Option<u32> {
        self.inner.places(key).find(|place| self.inner.get(*place).is_some_and(&fits))
    }

    /// The entry that stands there.
    #[must_use]
    pub fn at(&self, place: u32) -> Option<&T> {
        self.inner.get(place)
    }

    /// The entries with a key in the order of the list; others may be among them.
    pub fn in_order(&self, key: u64) -> impl Iterator<Item = &T> {
        let mut places: SmallVec<[u32; 8]> = self.inner.places(key).collect();
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.inner.get(place))
    }

    /// The entries with any of some keys, in order, each once; others may be among them.
    pub fn with_any(&self, keys: impl IntoIterator<Item = u64>) -> impl Iterator<Item = &T> {
        let places = self.inner.places_of(keys);
        places.into_iter().filter_map(|place| self.inner.get(place))
    }

    /// The entry with a key that a condition holds for.
    pub fn find(&self, key: u64, fits: impl FnMut(&&T) -> bool) -> Option<&T> {
        self.with(key).find(fits)
    }
}

impl<T: Keyed + Clone> Table<T> {
    /// Makes room for some entries more, each of which has so many keys.
    pub fn reserve(&mut self, entries: usize, keys: usize) {
        let inner = Arc::make_mut(&mut self.inner);
        inner.list.reserve(entries);
        inner.chains.reserve(entries.saturating_mul(keys));
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, entry: T) {
        Arc::make_mut(&mut self.inner).push(entry);
    }

    /// Takes the first entry with a key out that a condition holds for.
    pub fn take(&mut self, key: u64, mut fits: impl FnMut(&T) -> bool) -> Option<T> {
        let place = self.inner.places(key).find(|place| self.inner.get(*place).is_some_and(&mut fits))?;
        let inner = Arc::make_mut(&mut self.inner);
        let entry = inner.list.get_mut(place as usize)?.take()?;
        inner.unlink(&entry, place);
        inner.live -= 1;
        inner.tidy();
        Some(entry)
    }

    /// Takes every entry with a key out that a condition holds for.
    pub fn take_all(&mut self, key: u64, fits: impl FnMut(&T) -> bool) -> Vec<T> {
        let places = self.inner.places(key).collect::<Vec<_>>();
        self.take_places(places, fits)
    }

    /// The same with any of some keys.
    pub fn take_any(&mut self, keys: impl IntoIterator<Item = u64>, fits: impl FnMut(&T) -> bool) -> Vec<T> {
        let places = self.inner.places_of(keys);
        self.take_places(places, fits)
    }

    fn take_places(
        &mut self,
        places: impl IntoIterator<Item = u32>,
        mut fits: impl FnMut(&T) -> bool,
    ) -> Vec<T> {
        let places = places.into_iter();
        let places: Vec<u32> = places.filter(|place| self.inner.get(*place).is_some_and(&mut fits)).collect();
        if places.is_empty() {
            return Vec::new();
        }
        let inner = Arc::make_mut(&mut self.inner);
        let mut gone = Vec::with_capacity(places.len());
        for place in places {
            let Some(entry) = inner.list.get_mut(place as usize).and_then(Option::take) else { continue };
            inner.unlink(&entry, place);
            inner.live -= 1;
            gone.push(entry);
        }
        inner.tidy();
        gone
    }

    /// Changes the first entry with a key that a condition holds for, where it stands, and gives what the change gives.
    pub fn update<R>(
        &mut self,
        key: u64,
        mut fits: impl FnMut(&T) -> bool,
        change: impl FnOnce(&mut T) -> R,
    ) -> Option<R> {
        let place = self.inner.places(key).find(|place| self.inner.get(*place).is_some_and(&mut fits))?;
        let inner = Arc::make_mut(&mut self.inner);
        let mut entry = inner.list.get_mut(place as usize)?.take()?;
        inner.unlink(&entry, place);
        let result = change(&mut entry);
        inner.link(&entry, place);
        *inner.list.get_mut(place as usize)? = Some(entry);
        inner.tidy();
        Some(result)
    }

    /// The same for a change that gives the entry more keys, which it tells: what has been there is not looked at again. One that takes
    /// keys leaves them; they lead to an entry that does not fit.
    pub fn extend<R>(
        &mut self,
        key: u64,
        mut fits: impl FnMut(&T) -> bool,
        change: impl FnOnce(&mut T) -> (R, Vec<u64>),
    ) -> Option<R> {
        let place = self.inner.places(key).find(|place| self.inner.get(*place).is_some_and(&mut fits))?;
        let inner = Arc::make_mut(&mut self.inner);
        let (result, keys) = change(inner.list.get_mut(place as usize)?.as_mut()?);
        keys.into_iter().for_each(|key| inner.link_key(tag(key), place));
        Some(result)
    }

    /// Keeps the entries that a condition holds for.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        Arc::make_mut(&mut self.inner).retain(keep);
    }
}

impl<T: Keyed + Clone> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut table = Self::default();
        entries.into_iter().for_each(|entry| table.push(entry));
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Named(&'static str, u32);

    impl Keyed for Named {
        fn keys(&self, add: &mut dyn FnMut(u64)) {
            add(key(self.0));
            add(key(self.1));
        }
    }

    fn table(entries: &[(&'static str, u32)]) -> Table<Named> {
        entries.iter().map(|(name, number)| Named(name, *number)).collect()
    }

    fn numbers(table: &Table<Named>, name: &str) -> Vec<u32> {
        table.with(key(name)).filter(|entry| entry.0 == name).map(|entry| entry.1).collect()
    }

    #[test]
    fn entries_are_found_by_each_key_in_order_and_after_changes() {
        let mut table = table(&[("A", 1), ("B", 2), ("A", 2)]);
        assert_eq!(numbers(&table, "A"), [1, 2]);
        assert_eq!(table.with(key(2_u32)).count(), 2);
        assert_eq!(table.take(key("A"), |_| true), Some(Named("A", 1)));
        assert_eq!(numbers(&table, "A"), [2]);
        assert_eq!(table.update(key("A"), |_| true, |entry| entry.1 += 10), Some(()));
        assert_eq!(numbers(&table, "A"), [12]);
        assert_eq!(table.with(key(2_u32)).count(), 1, "the old key is forgotten");
        assert_eq!(table.with(key(12_u32)).count(), 1, "the new one is known");
        assert_eq!(
            table.iter().map(|entry| entry.0).collect::<Vec<_>>(),
            ["B", "A"],
            "it stays where it was"
        );
        table.retain(|entry| entry.0 == "B");
        assert!(numbers(&table, "A").is_empty());
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn entries_come_and_go_for_ever_without_room_for_those_that_have_gone() {
        let mut table = table(&[("A", 1), ("A", 2), ("A", 3)]);
        for round in 0..1000 {
            assert_eq!(
                table.take(key("A"), |entry| entry.1 == round % 3 + 1).map(|entry| entry.0),
                Some("A")
            );
            table.push(Named("A", round % 3 + 1));
        }
        assert_eq!(table.len(), 3);
        assert_eq!(numbers(&table, "A").len(), 3);
        assert!(table.inner.list.len() < 64 && table.inner.nodes.len() < 200, "{:?}", table);
        assert_eq!(table.take_all(key("A"), |_| true).len(), 3);
        assert!(table.is_empty() && table.inner.chains.len() == 0);
    }

    #[test]
    fn what_differs_in_its_last_bits_has_keys_that_do() {
        let near = |one: u64, other: u64| assert!(one != other && tag(one) ^ tag(other) < 1 << NEAR);
        near(key("VL1232"), key("VL1237"));
        near(key(("device", "VL1232")), key(("device", "VL1237")));
        near(key(std::net::Ipv4Addr::new(192, 0, 2, 8)), key(std::net::Ipv4Addr::new(192, 0, 2, 15)));
        near(key(2_048_u16), key(2_049_u16));
        let keys: std::collections::BTreeSet<u32> =
            (0..50_000).map(|number| tag(key(format!("L{number}").as_str()))).collect();
        assert!(keys.len() > 49_900, "hardly any two agree: {}", keys.len());
    }

    #[test]
    fn it_compares_and_serialises_as_its_entries() {
        let mut one = table(&[("A", 1), ("B", 2)]);
        one.take(key("A"), |_| true);
        assert_eq!(one, table(&[("B", 2)]));
        assert_ne!(one, table(&[("B", 3)]));
    }
}
