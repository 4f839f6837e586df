//! The blocks that decisions went through.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

/// Blocks by name. The texts are constants of the decision tables: one that was met before is known by its place in memory.
#[derive(Default)]
pub struct Blocks {
    names: BTreeSet<&'static str>,
    met: FxHashSet<(usize, usize)>,
}

impl Blocks {
    /// Notes these, and empties the list.
    pub fn note(&mut self, visits: &mut Vec<&'static str>) {
        for at in visits.drain(..) {
            if self.met.insert((at.as_ptr() as usize, at.len())) {
                self.names.insert(at);
            }
        }
    }

    /// Notes what others noted.
    pub fn extend(&mut self, other: Blocks) {
        self.names.extend(other.names);
    }

    /// Names, sorted.
    pub fn names(self) -> BTreeSet<&'static str> {
        self.names
    }
}
