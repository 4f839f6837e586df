//! Breadth first: every state within the bounds, the shortest path to anything that breaks.

use std::collections::BTreeSet;

use runtime_model::{Cluster, Event};
use rustc_hash::FxHashSet;

use super::alphabet::{Alphabet, Spent};
use super::replay::{Taken, take};
use super::{Bounds, Ended, Found};

struct Node {
    cluster: Cluster,
    spent: Spent,
    /// Place in the list of steps.
    id: usize,
}

/// How a state was first reached: from which, by which of its moves.
#[derive(Clone, Copy)]
struct Reached {
    parent: u32,
    by: u32,
}

/// What stands for a state and what was used up on the way to it.
pub type Name = (u128, Spent);

/// Takes an event and the private steps behind it. The events that were taken, and where they ended: behind the last, or where
/// an invariant broke.
pub fn advance(
    before: &Cluster,
    spent: Spent,
    event: Event,
    alphabet: &Alphabet,
    mut see: impl FnMut(&Taken),
) -> (Vec<Event>, Spent, Taken) {
    let mut spent = Alphabet::spend(spent, &event);
    let mut taken = take(before, &event);
    let mut events = vec![event];
    see(&taken);
    while taken.broken.is_empty()
        && let Some(event) = alphabet.private(&taken.cluster, spent)
    {
        spent = Alphabet::spend(spent, &event);
        let mut next = take(&taken.cluster, &event);
        see(&next);
        next.refused = taken.refused;
        events.push(event);
        taken = next;
    }
    (events, spent, taken)
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
    seen.insert((start.fingerprint(), Spent::default()));
    let mut level = vec![Node { cluster: start.clone(), spent: Spent::default(), id: 0 }];
    let mut depth = 0;
    while !level.is_empty() && bounds.depth.is_none_or(|most| depth < most) {
        let mut next = Vec::new();
        for batch in level.chunks(PART * bounds.threads.max(1)) {
            for part in grow(batch, depth, alphabet, bounds, &seen) {
                found.events += part.events;
                found.blocks.extend(part.blocks);
                for grown in part.grown {
                    if !seen.insert(grown.name) {
                        continue;
                    }
                    if found.states >= bounds.states {
                        found.ended = Ended::StatesReached;
                        return found;
                    }
                    found.states += 1;
                    found.depth = depth + 1;
                    reached.push(Reached {
                        parent: u32::try_from(grown.parent).unwrap_or(u32::MAX),
                        by: u32::try_from(grown.by).unwrap_or(u32::MAX),
                    });
                    next.push(Node { cluster: grown.cluster, spent: grown.spent, id: reached.len() - 1 });
                }
                if let Some((id, events)) = part.broken {
                    let mut path = path(start, alphabet, &reached, id);
                    path.extend(events);
                    found.path = Some(path);
                    return found;
                }
            }
        }
        level = next;
        depth += 1;
    }
    found
}

/// Nodes that one thread takes at a time. The result does not depend on the number of threads, as parts are merged in order.
const PART: usize = 64;

/// What the moves of some nodes led to.
#[derive(Default)]
struct Part {
    events: usize,
    blocks: BTreeSet<&'static str>,
    grown: Vec<Grown>,
    broken: Option<(usize, Vec<Event>)>,
}

/// A state that was new when its part was begun.
struct Grown {
    cluster: Cluster,
    spent: Spent,
    name: Name,
    parent: usize,
    by: usize,
}

/// The parts of a batch, in order.
fn grow(
    batch: &[Node],
    depth: usize,
    alphabet: &Alphabet,
    bounds: &Bounds,
    seen: &FxHashSet<Name>,
) -> Vec<Part> {
    let one = |nodes: &[Node]| grow_part(nodes, depth, alphabet, bounds, seen);
    if batch.len() <= PART {
        return vec![one(batch)];
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = batch.chunks(PART).map(|nodes| scope.spawn(move || one(nodes))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn grow_part(
    nodes: &[Node],
    depth: usize,
    alphabet: &Alphabet,
    bounds: &Bounds,
    seen: &FxHashSet<Name>,
) -> Part {
    let mut part = Part::default();
    for node in nodes {
        for (by, event) in alphabet.moves(&node.cluster, node.spent).into_iter().enumerate() {
            if !ours(depth, node.id, by, bounds) {
                continue;
            }
            let (events, spent, taken) = advance(&node.cluster, node.spent, event, alphabet, |taken| {
                part.events += 1;
                part.blocks.extend(taken.outcome.trace.iter().map(|step| step.at));
            });
            if !taken.broken.is_empty() {
                part.broken = Some((node.id, events));
                return part;
            }
            let name = (taken.cluster.fingerprint(), spent);
            if !taken.refused && !seen.contains(&name) {
                part.grown.push(Grown { cluster: taken.cluster, spent, name, parent: node.id, by });
            }
        }
    }
    part
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
        let (events, now, taken) = advance(&cluster, spent, event, alphabet, |_| {});
        (cluster, spent) = (taken.cluster, now);
        path.extend(events);
    }
    path
}
