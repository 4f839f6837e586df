//! Breadth first: every state within the bounds, the shortest path to anything that breaks.

use std::collections::{BTreeSet, VecDeque};
use std::hash::{Hash, Hasher};

use runtime_model::{Cluster, Event};
use rustc_hash::{FxHashSet, FxHasher};

use super::alphabet::{Alphabet, Spent};
use super::replay::take;
use super::{Bounds, Ended, Found};

struct Node {
    cluster: Cluster,
    spent: Spent,
    /// Place in the list of steps.
    id: usize,
    depth: usize,
}

/// How a state was first reached: from which, by which of its moves.
#[derive(Clone, Copy)]
struct Reached {
    parent: u32,
    by: u32,
}

/// Sixty-four bits stand for a state; two states that share them would be taken for one, which at ten million states has
/// a chance of a few in a million.
pub fn fingerprint(cluster: &Cluster, spent: Spent) -> u64 {
    let mut hasher = FxHasher::default();
    cluster.hash(&mut hasher);
    spent.hash(&mut hasher);
    hasher.finish()
}

pub fn search(start: &Cluster, alphabet: &Alphabet, bounds: &Bounds) -> Found {
    let mut seen = FxHashSet::default();
    let mut reached = vec![Reached { parent: 0, by: 0 }];
    let mut found = Found {
        ended: Ended::Exhausted,
        states: 1,
        events: 0,
        depth: 0,
        blocks: BTreeSet::new(),
        path: None,
    };
    seen.insert(fingerprint(start, Spent::default()));
    let mut queue =
        VecDeque::from([Node { cluster: start.clone(), spent: Spent::default(), id: 0, depth: 0 }]);
    while let Some(node) = queue.pop_front() {
        if bounds.depth.is_some_and(|most| node.depth >= most) {
            continue;
        }
        for (by, event) in alphabet.moves(&node.cluster, node.spent).into_iter().enumerate() {
            if !ours(node.depth, node.id, by, bounds) {
                continue;
            }
            let taken = take(&node.cluster, &event);
            found.events += 1;
            found.blocks.extend(taken.outcome.trace.iter().map(|step| step.at));
            if !taken.broken.is_empty() {
                let mut path = path(start, alphabet, &reached, node.id);
                path.push(event);
                found.path = Some(path);
                return found;
            }
            let spent = Alphabet::spend(node.spent, &event);
            if !taken.outcome.ok() || !seen.insert(fingerprint(&taken.cluster, spent)) {
                continue;
            }
            if found.states >= bounds.states {
                found.ended = Ended::StatesReached;
                return found;
            }
            found.states += 1;
            found.depth = found.depth.max(node.depth + 1);
            reached.push(Reached {
                parent: u32::try_from(node.id).unwrap_or(u32::MAX),
                by: u32::try_from(by).unwrap_or(u32::MAX),
            });
            queue.push_back(Node {
                cluster: taken.cluster,
                spent,
                id: reached.len() - 1,
                depth: node.depth + 1,
            });
        }
    }
    found
}

/// Whether a move belongs to this shard: the moves of the second level are dealt out, what is above is everybody's.
fn ours(depth: usize, id: usize, by: usize, bounds: &Bounds) -> bool {
    let (part, parts) = bounds.shard;
    depth != 1 || parts <= 1 || (id + by) % parts as usize == part as usize
}

/// The moves from the start to a state, found again by taking them.
fn path(start: &Cluster, alphabet: &Alphabet, reached: &[Reached], mut id: usize) -> Vec<Event> {
    let mut back = Vec::new();
    while id != 0 {
        let Some(step) = reached.get(id) else { break };
        back.push(step.by as usize);
        id = step.parent as usize;
    }
    let mut cluster = start.clone();
    let mut spent = Spent::default();
    let mut path = Vec::new();
    for by in back.into_iter().rev() {
        let Some(event) = alphabet.moves(&cluster, spent).into_iter().nth(by) else { break };
        cluster = take(&cluster, &event).cluster;
        spent = Alphabet::spend(spent, &event);
        path.push(event);
    }
    path
}
