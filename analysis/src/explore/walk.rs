//! Random walks: far from the start, where an exhaustive search does not come. The same seed takes the same walks.

use std::collections::BTreeSet;

use runtime_model::{Cluster, Event};
use rustc_hash::FxHashSet;

use super::alphabet::{Alphabet, Spent};
use super::search::advance;
use super::{Bounds, Ended, Found};

/// Events of a walk unless the bounds say otherwise.
const LENGTH: usize = 200;

/// SplitMix64: small, and every seed is a good one.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        usize::try_from(word % (most.max(1) as u64)).unwrap_or(0)
    }
}

pub fn walk(start: &Cluster, alphabet: &Alphabet, bounds: &Bounds, seed: u64) -> Found {
    let mut found = Found {
        ended: Ended::WalksTaken,
        states: 0,
        events: 0,
        depth: 0,
        blocks: BTreeSet::new(),
        path: None,
    };
    let mut seen = FxHashSet::default();
    let (part, parts) = bounds.shard;
    for number in (0..bounds.walks).filter(|number| parts <= 1 || number % parts == part) {
        let mut random = Random(seed ^ (u64::from(number) << 32));
        let mut cluster = start.clone();
        let mut spent = Spent::default();
        let mut path: Vec<Event> = Vec::new();
        seen.insert((cluster.fingerprint(), spent));
        while path.len() < bounds.depth.unwrap_or(LENGTH) {
            let mut moves = alphabet.moves(&cluster, spent);
            if moves.is_empty() {
                break;
            }
            let event = moves.swap_remove(random.below(moves.len()));
            let (events, now, taken) = advance(&cluster, spent, event, alphabet, |taken| {
                found.events += 1;
                found.blocks.extend(taken.outcome.trace.iter().map(|step| step.at));
            });
            path.extend(events);
            if !taken.broken.is_empty() {
                found.states = seen.len();
                found.path = Some(path);
                return found;
            }
            (cluster, spent) = (taken.cluster, now);
            seen.insert((cluster.fingerprint(), spent));
        }
        found.depth = found.depth.max(path.len());
        if seen.len() >= bounds.states {
            found.ended = Ended::StatesReached;
            break;
        }
    }
    found.states = seen.len();
    found
}
