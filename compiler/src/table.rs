//! A list that keeps its order and finds its entries by key, so that a profile with many thousands of entries is applied in proportion to its size.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher as _};
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;
use smallvec::SmallVec;

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
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    hasher.finish()
}

/// No node.
const NONE: u32 = u32::MAX;

/// One key of one entry, in the chain of all entries with this key. An entry that is alone with its key needs none.
#[derive(Clone, Copy, Debug)]
struct Node {
    place: u32,
    /// The node before; of the first one, the last one.
    before: u32,
    behind: u32,
}

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chain {
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

/// What a chain is found by: half of the key; where two keys agree in it they share a chain.
fn tag(key: u64) -> u32 {
    (key >> 32) as u32 ^ key as u32
}

/// Spreads a tag over all bits.
fn spread(tag: u32) -> u64 {
    u64::from(tag).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The list. Compares and serialises as its entries alone. Adding, finding, changing and taking out an entry cost the same however long it is;
/// a clone shares the entries until one of the two changes.
#[derive(Clone, Debug)]
pub struct Table<T> {
    inner: Arc<Inner<T>>,
}

#[derive(Clone, Debug)]
struct Inner<T> {
    /// None: taken out.
    list: Vec<Option<T>>,
    live: usize,
    /// The tag and, packed, the [`Chain`] of each key: where nothing is found, nothing else is looked at.
    chains: HashTable<(u32, u32)>,
    nodes: Vec<Node>,
    /// The node of each tag and place that is in a chain of several.
    nodes_of: FxHashMap<(u32, u32), u32>,
}

/// The entries in order.
pub type Iter<'t, T> = std::iter::Flatten<std::slice::Iter<'t, Option<T>>>;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { inner: Arc::default() }
    }
}

impl<T> Default for Inner<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            live: 0,
            chains: HashTable::new(),
            nodes: Vec::new(),
            nodes_of: FxHashMap::default(),
        }
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

impl<T> Inner<T> {
    fn get(&self, place: u32) -> Option<&T> {
        self.list.get(place as usize)?.as_ref()
    }

    fn places_of(&self, keys: impl IntoIterator<Item = u64>) -> BTreeSet<u32> {
        keys.into_iter().flat_map(|key| self.places(key)).collect()
    }

    fn places(&self, key: u64) -> impl Iterator<Item = u32> + Clone {
        let (mut one, mut next) = match self.chain(tag(key)) {
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
}

impl<T> Inner<T> {
    fn chain(&self, tag: u32) -> Option<Chain> {
        let found = self.chains.find(spread(tag), |(known, _)| *known == tag)?;
        Some(Chain::of(found.1))
    }

    /// Lets a key lead to something, or to nothing any more.
    fn lead(&mut self, tag: u32, to: Option<Chain>) {
        let entry = self.chains.entry(spread(tag), |(known, _)| *known == tag, |(tag, _)| spread(*tag));
        match (entry, to) {
            (Entry::Occupied(mut entry), Some(to)) => entry.get_mut().1 = to.packed(),
            (Entry::Occupied(entry), None) => {
                entry.remove();
            }
            (Entry::Vacant(entry), Some(to)) => {
                entry.insert((tag, to.packed()));
            }
            (Entry::Vacant(_), None) => {}
        }
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
        self.nodes_of.insert((tag, place), node);
        node
    }

    fn link_key(&mut self, tag: u32, place: u32) {
        let entry = self.chains.entry(spread(tag), |(known, _)| *known == tag, |(tag, _)| spread(*tag));
        let known = match entry {
            Entry::Occupied(entry) => Chain::of(entry.get().1),
            Entry::Vacant(entry) => {
                entry.insert((tag, Chain::One(place).packed()));
                return;
            }
        };
        match known {
            Chain::One(known) if known == place => {}
            Chain::One(known) => {
                let first = self.add_node(tag, known, None);
                self.add_node(tag, place, Some(first));
                self.lead(tag, Some(Chain::Many(first)));
            }
            // Several keys of an entry may agree in what they are found by.
            Chain::Many(_) if self.nodes_of.contains_key(&(tag, place)) => {}
            Chain::Many(first) => {
                self.add_node(tag, place, Some(first));
            }
        }
    }

    fn unlink_key(&mut self, tag: u32, place: u32) {
        let first = match self.chain(tag) {
            Some(Chain::One(known)) if known == place => return self.lead(tag, None),
            Some(Chain::One(_)) | None => return,
            Some(Chain::Many(first)) => first,
        };
        let Some(at) = self.nodes_of.remove(&(tag, place)) else { return };
        let Some(node) = self.nodes.get(at as usize).copied() else { return };
        if first == at {
            let behind = Some(node.behind).filter(|behind| *behind != NONE);
            if let Some(behind) = behind.and_then(|behind| self.nodes.get_mut(behind as usize)) {
                behind.before = node.before;
            }
            self.lead(tag, behind.map(Chain::Many));
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
    fn push(&mut self, entry: T) {
        let place = u32::try_from(self.list.len()).unwrap_or(NONE);
        self.link(&entry, place);
        self.list.push(Some(entry));
        self.live += 1;
    }

    fn link(&mut self, entry: &T, place: u32) {
        entry.keys(&mut |key| self.link_key(tag(key), place));
    }

    fn unlink(&mut self, entry: &T, place: u32) {
        entry.keys(&mut |key| self.unlink_key(tag(key), place));
    }

    fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        for entry in std::mem::take(self).list.into_iter().flatten() {
            if keep(&entry) {
                self.push(entry);
            }
        }
    }

    /// Makes room when most of what is kept is of entries that have gone.
    fn tidy(&mut self) {
        let gone = self.list.len() - self.live;
        let nodes = self.nodes_of.len().saturating_mul(4).saturating_add(64);
        if gone > self.live + 16 || self.nodes.len() > nodes {
            self.retain(|_| true);
        }
    }
}

impl<T: Keyed + Clone> Table<T> {
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

    /// The same for a change that gives the entry more keys and takes none: it tells them, and what has been there is not looked at again.
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
        assert!(table.is_empty() && table.inner.chains.is_empty());
    }

    #[test]
    fn it_compares_and_serialises_as_its_entries() {
        let mut one = table(&[("A", 1), ("B", 2)]);
        one.take(key("A"), |_| true);
        assert_eq!(one, table(&[("B", 2)]));
        assert_ne!(one, table(&[("B", 3)]));
    }
}
