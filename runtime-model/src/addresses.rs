//! A set of addresses by number, a bit for each.

use smallvec::SmallVec;

use crate::ids::AddrId;

/// Addresses that are only ever added, or forgotten all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Addresses {
    /// The last word is not zero, so that equal sets are equal.
    words: SmallVec<[u64; 2]>,
}

fn place(address: AddrId) -> (usize, u64) {
    let AddrId(number) = address;
    ((number / 64) as usize, 1 << (number % 64))
}

impl Addresses {
    pub(crate) fn insert(&mut self, address: AddrId) {
        let (at, bit) = place(address);
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        if let Some(word) = self.words.get_mut(at) {
            *word |= bit;
        }
    }

    pub(crate) fn contains(&self, address: AddrId) -> bool {
        let (at, bit) = place(address);
        self.words.get(at).is_some_and(|word| word & bit != 0)
    }

    pub(crate) fn clear(&mut self) {
        self.words.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Addresses;
    use crate::ids::AddrId;

    #[test]
    fn equal_however_filled() {
        let mut up = Addresses::default();
        let mut down = Addresses::default();
        for number in [0, 1, 63, 64, 127, 500] {
            assert!(!up.contains(AddrId(number)));
            up.insert(AddrId(number));
            assert!(up.contains(AddrId(number)) && !up.contains(AddrId(number + 2)));
        }
        for number in [500, 127, 64, 63, 1, 0, 500] {
            down.insert(AddrId(number));
        }
        assert_eq!(up, down);
        up.clear();
        assert_eq!(up, Addresses::default());
    }
}
