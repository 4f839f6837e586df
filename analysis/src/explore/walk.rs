//! Random walks: far from the start, where an exhaustive search does not come. The same seed takes the same walks.

use runtime_model::{Cluster, Event};
use rustc_hash::FxHashSet;

use super::alphabet::{Alphabet, Spent, mixed};
use super::blocks::Blocks;
use super::search::advance;
use super::threads::in_order;
use super::{Bounds, Ended, Found, Progress};

/// Events of a walk unless the bounds say otherwise.
const LENGTH: usize = 200;

/// Walks between two looks at the bounds.
const ROUND: usize = 64;

/// SplitMix64: small, and every seed is a good one.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        let word = mixed(self.0);
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        usize::try_from(word % (most.max(1) as u64)).unwrap_or(0)
    }
}

/// What one walk saw.
struct Walk {
    /// States, and whether each is at rest.
    names: Vec<(u128, bool)>,
    path: Vec<Event>,
    blocks: Blocks,
    broken: bool,
}

pub fn walk(
    start: &Cluster,
    alphabet: &Alphabet,
    bounds: &Bounds,
    seed: u64,
    watch: &mut dyn FnMut(&Progress),
) -> Found {
    let (part, parts) = bounds.shard;
    let numbers: Vec<u32> = (0..bounds.walks).filter(|number| parts <= 1 || number % parts == part).collect();
    let mut found = Found { ended: Ended::WalksTaken, ..Found::default() };
    let mut blocks = Blocks::default();
    let mut seen: FxHashSet<u128> = FxHashSet::default();
    let mut open = numbers.len();
    for round in numbers.chunks(ROUND) {
        let walks = in_order(round.to_vec(), bounds.threads, |number| {
            take_walk(start, alphabet, bounds, Random(seed ^ (u64::from(number) << 32)))
        });
        for walk in walks {
            for (name, at_rest) in walk.names {
                if seen.insert(name) && at_rest {
                    found.resting += 1;
                }
            }
            blocks.extend(walk.blocks);
            found.events += walk.path.len();
            found.depth = found.depth.max(walk.path.len());
            if walk.broken {
                found.path = Some(walk.path);
                break;
            }
        }
        open -= round.len();
        watch(&Progress { states: seen.len(), events: found.events, spent: None, open });
        if found.path.is_some() {
            break;
        }
        if seen.len() >= bounds.states {
            found.ended = Ended::StatesReached;
            break;
        }
    }
    found.states = seen.len();
    found.blocks = blocks.names();
    found
}

fn take_walk(start: &Cluster, alphabet: &Alphabet, bounds: &Bounds, mut random: Random) -> Walk {
    let mut cluster = start.clone();
    let mut print = start.print();
    let mut spent = Spent::default();
    let mut visits = Vec::new();
    let mut walk = Walk {
        names: vec![(print.name(), start.is_quiescent())],
        path: Vec::new(),
        blocks: Blocks::default(),
        broken: false,
    };
    while walk.path.len() < bounds.depth.unwrap_or(LENGTH) && !walk.broken {
        let mut moves = alphabet.moves(&cluster, spent);
        if moves.is_empty() {
            break;
        }
        let event = moves.swap_remove(random.below(moves.len()));
        let (events, now, taken) = advance(&cluster, spent, event, alphabet, &mut visits);
        walk.blocks.note(&mut visits);
        walk.path.extend(events);
        walk.broken = !taken.broken.is_empty();
        print = taken.cluster.print_after(&cluster, &print);
        walk.names.push((print.name(), taken.cluster.is_quiescent()));
        (cluster, spent) = (taken.cluster, now);
    }
    walk
}
