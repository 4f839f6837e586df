//! Every state within the bounds: by failures, then by requests, from few to many; with the same of both, breadth first.

use std::collections::BTreeMap;

use runtime_model::{Cluster, Event, Print};
use rustc_hash::FxHashSet;

use super::alphabet::{Alphabet, Spent};
use super::blocks::Blocks;
use super::replay::{Taken, take};
use super::seen::Seen;
use super::threads::in_order;
use super::{Bounds, Ended, Found, Progress};

/// A state to go on from, or one that may be.
struct Node {
    cluster: Cluster,
    print: Print,
    spent: Spent,
    /// Place in the list of steps, once the node is taken up.
    id: usize,
    from: Reached,
    depth: usize,
}

/// How a state was first reached: from which, by which of its moves.
#[derive(Clone, Copy)]
struct Reached {
    parent: u32,
    by: u32,
}

/// States that wait until all with less used up have been looked at.
#[derive(Default)]
struct Waiting {
    nodes: Vec<Node>,
    names: FxHashSet<[u64; 2]>,
}

/// Takes an event and the private steps behind it. The events that were taken, and where they ended: behind the last, or where
/// an invariant broke.
pub fn advance(
    before: &Cluster,
    spent: Spent,
    event: Event,
    alphabet: &Alphabet,
    visits: &mut Vec<&'static str>,
) -> (Vec<Event>, Spent, Taken) {
    let mut spent = alphabet.spend(spent, &event);
    let mut taken = take(before, &event, visits);
    let mut events = vec![event];
    while taken.broken.is_empty()
        && let Some(event) = alphabet.private(&taken.cluster, spent)
    {
        spent = alphabet.spend(spent, &event);
        let mut next = take(&taken.cluster, &event, visits);
        next.refused = taken.refused;
        events.push(event);
        taken = next;
    }
    (events, spent, taken)
}

/// The search under way.
struct Search<'a> {
    start: &'a Cluster,
    alphabet: &'a Alphabet,
    bounds: &'a Bounds,
    seen: Seen,
    reached: Vec<Reached>,
    waiting: BTreeMap<(u32, u32), Waiting>,
    blocks: Blocks,
    events: usize,
    depth: usize,
}

/// Why a search ends early.
enum Stop {
    States,
    Broken(Vec<Event>),
}

pub fn search(
    start: &Cluster,
    alphabet: &Alphabet,
    bounds: &Bounds,
    watch: &mut dyn FnMut(&Progress),
) -> Found {
    let mut search = Search {
        start,
        alphabet,
        bounds,
        seen: Seen::new(bounds.depth.is_some()),
        reached: Vec::new(),
        waiting: BTreeMap::new(),
        blocks: Blocks::default(),
        events: 0,
        depth: 0,
    };
    let stop = search.run(watch);
    let (ended, path) = match stop {
        Ok(()) => (Ended::Exhausted, None),
        Err(Stop::States) => (Ended::StatesReached, None),
        Err(Stop::Broken(path)) => (Ended::Broken, Some(path)),
    };
    Found {
        ended,
        states: search.seen.states(),
        resting: search.seen.resting(),
        events: search.events,
        depth: search.depth,
        blocks: search.blocks.names(),
        path,
    }
}

impl Search<'_> {
    fn run(&mut self, watch: &mut dyn FnMut(&Progress)) -> Result<(), Stop> {
        let root = Node {
            cluster: self.start.clone(),
            print: self.start.print(),
            spent: Spent::default(),
            id: 0,
            from: Reached { parent: 0, by: 0 },
            depth: 0,
        };
        self.wait(root);
        while let Some(((faults, requests), waiting)) = self.waiting.pop_first() {
            let mut level = Vec::new();
            for node in waiting.nodes {
                self.take_up(node, &mut level)?;
            }
            while !level.is_empty() {
                let mut next = Vec::new();
                let mut rest = level.into_iter();
                loop {
                    let batch: Vec<Node> = rest.by_ref().take(PART * PARTS).collect();
                    if batch.is_empty() {
                        break;
                    }
                    self.batch(batch, (faults, requests), &mut next)?;
                    watch(&Progress {
                        states: self.seen.states(),
                        events: self.events,
                        spent: Some((faults, requests)),
                        open: rest.len() + next.len(),
                    });
                }
                level = next;
            }
        }
        Ok(())
    }

    /// Goes on from these, and merges what they led to in their order.
    fn batch(&mut self, batch: Vec<Node>, rank: (u32, u32), next: &mut Vec<Node>) -> Result<(), Stop> {
        for part in self.grow(batch) {
            self.events += part.events;
            self.blocks.extend(part.blocks);
            for node in part.grown {
                if self.seen.rank(node.spent) == rank {
                    self.take_up(node, next)?;
                } else {
                    self.wait(node);
                }
            }
            if let Some((id, events)) = part.broken {
                let mut path = self.path(id);
                path.extend(events);
                return Err(Stop::Broken(path));
            }
        }
        Ok(())
    }

    fn take_up(&mut self, mut node: Node, level: &mut Vec<Node>) -> Result<(), Stop> {
        if self.seen.covers(node.print.name(), node.spent) {
            return Ok(());
        }
        if self.seen.states() >= self.bounds.states {
            return Err(Stop::States);
        }
        self.seen.insert(node.print.name(), node.spent, node.cluster.is_quiescent());
        node.id = self.reached.len();
        self.reached.push(node.from);
        self.depth = self.depth.max(node.depth);
        level.push(node);
        Ok(())
    }

    /// Its turn comes when all with less used up have been looked at.
    fn wait(&mut self, node: Node) {
        let waiting = self.waiting.entry(self.seen.rank(node.spent)).or_default();
        if waiting.names.insert(self.seen.name(node.print.name(), node.spent)) {
            waiting.nodes.push(node);
        }
    }

    /// What the nodes of a batch lead to, part by part, in their order whatever the number of threads.
    fn grow(&self, batch: Vec<Node>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = batch.into_iter();
        while rest.len() > 0 {
            parts.push(rest.by_ref().take(PART).collect::<Vec<Node>>());
        }
        in_order(parts, self.bounds.threads, |nodes| self.grow_part(nodes))
    }

    fn grow_part(&self, nodes: Vec<Node>) -> Part {
        let mut part = Part::default();
        let mut visits = Vec::new();
        for node in nodes {
            if self.bounds.depth.is_some_and(|most| node.depth >= most) {
                continue;
            }
            for (by, event) in self.alphabet.moves(&node.cluster, node.spent).into_iter().enumerate() {
                let (events, spent, taken) =
                    advance(&node.cluster, node.spent, event, self.alphabet, &mut visits);
                part.events += events.len();
                part.blocks.note(&mut visits);
                if !taken.broken.is_empty() {
                    part.broken = Some((node.id, events));
                    return part;
                }
                if taken.refused {
                    continue;
                }
                let print = taken.cluster.print_after(&node.cluster, &node.print);
                if self.seen.covers(print.name(), spent) {
                    continue;
                }
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let from = Reached { parent: number(node.id), by: number(by) };
                part.grown.push(Node {
                    cluster: taken.cluster,
                    print,
                    spent,
                    id: 0,
                    from,
                    depth: node.depth + 1,
                });
            }
        }
        part
    }

    /// The moves from the start to a state, found again by taking them.
    fn path(&self, mut id: usize) -> Vec<Event> {
        let mut back = Vec::new();
        while id != 0 {
            let Some(step) = self.reached.get(id) else { break };
            back.push(step.by as usize);
            id = step.parent as usize;
        }
        let mut cluster = self.start.clone();
        let mut spent = Spent::default();
        let mut path = Vec::new();
        for by in back.into_iter().rev() {
            let Some(event) = self.alphabet.moves(&cluster, spent).into_iter().nth(by) else { break };
            let (events, now, taken) = advance(&cluster, spent, event, self.alphabet, &mut Vec::new());
            (cluster, spent) = (taken.cluster, now);
            path.extend(events);
        }
        path
    }
}

/// Nodes that one thread takes at a time.
const PART: usize = 64;

/// Parts between two merges. Neither depends on the number of threads, and parts are merged in order: nor does the result.
const PARTS: usize = 64;

/// What the moves of some nodes led to.
#[derive(Default)]
struct Part {
    events: usize,
    blocks: Blocks,
    /// States that were not covered when the part was begun.
    grown: Vec<Node>,
    broken: Option<(usize, Vec<Event>)>,
}
