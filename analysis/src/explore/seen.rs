//! The states that a search has been in, and what was used up on the way to each.
//!
//! Whatever can happen in a state can happen in it as well when less was used up: fewer failures, fewer requests. A search goes
//! by failures, then by requests, from few to many; a state that it has been in with no more of either is not gone on from again.

use rustc_hash::{FxHashMap, FxHashSet};

use super::alphabet::{Spent, mixed};

/// States by print, with the fewest requests on the way there; what comes later has no fewer failures.
pub struct Seen {
    fewest: FxHashMap<[u64; 2], u8>,
    /// Tell states apart by all that was used up, as a bound on the length of paths asks for.
    exact: bool,
    resting: FxHashSet<u128>,
}

impl Seen {
    pub fn new(exact: bool) -> Self {
        Self { fewest: FxHashMap::default(), exact, resting: FxHashSet::default() }
    }

    /// Distinct states. Where a search tells apart what was used up, or which requests were asked, so does the count.
    pub fn states(&self) -> usize {
        self.fewest.len()
    }

    /// Distinct states at rest.
    pub fn resting(&self) -> usize {
        self.resting.len()
    }

    /// The rank of a path among those that the search takes up, lowest first.
    pub fn rank(&self, spent: Spent) -> (u32, u32) {
        if self.exact { (0, 0) } else { (spent.faults, spent.requests) }
    }

    /// Whether everything that can come behind this is or will be looked at.
    pub fn covers(&self, print: u128, spent: Spent) -> bool {
        let requests = self.requests(spent);
        let within = |name| self.fewest.get(&name).is_some_and(|fewest| *fewest <= requests);
        let name = self.name(print, spent);
        within(name) || (spent.which != 0 && !self.exact && within(halves(print)))
    }

    /// Notes that this, which nothing covers, is gone on from.
    pub fn insert(&mut self, print: u128, spent: Spent, at_rest: bool) {
        let requests = self.requests(spent);
        self.fewest.insert(self.name(print, spent), requests);
        if at_rest {
            self.resting.insert(print);
        }
    }

    fn requests(&self, spent: Spent) -> u8 {
        if self.exact { 0 } else { u8::try_from(spent.requests).unwrap_or(u8::MAX) }
    }

    /// What stands for the state; its like with other requests behind it is another one where that matters.
    pub fn name(&self, print: u128, spent: Spent) -> [u64; 2] {
        let [low, high] = halves(print);
        if self.exact {
            let used = u64::from(spent.faults) << 32 | u64::from(spent.requests);
            return [low ^ mixed(used), high ^ mixed(spent.which)];
        }
        if spent.which == 0 { [low, high] } else { [low ^ mixed(spent.which), high] }
    }
}

fn halves(print: u128) -> [u64; 2] {
    [print, print >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0))
}
