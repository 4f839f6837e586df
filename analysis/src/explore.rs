//! `vipa explore`: a search for a broken invariant, exhaustive within bounds or by seeded random walks.
//!
//! The alphabet: starts of stacks in any order, failures (bounded), requests (bounded) to connect, bind, listen and from
//! clients, closes of what is open, and in between steps on the coupling facility and deliveries of messages, in any order. How
//! much may be under way when a start, request, close or failure comes is bounded. The invariants are checked behind every event.
//!
//! Three things make the search shorter, and none changes what it can find. A state that was reached with no more failures and
//! requests stands for the same one with more (`seen.rs`). States that differ only in how often stacks have started are one
//! (`Cluster::print`). Steps that no other stack can tell from the one before are taken at once (`Cluster::is_private`).

mod alphabet;
mod blocks;
pub mod json;
mod minimise;
mod replay;
mod search;
mod seen;
pub mod text;
mod threads;
mod walk;
mod write;

use std::collections::BTreeSet;

use grammar::scenario::Scenario;
use runtime_model::model::Model;
use runtime_model::{Cluster, Event};
use serde::{Deserialize, Serialize};

use crate::names::Addresses;
use crate::run::{World, perform};
use crate::trouble::Trouble;

/// What to search, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Most events on a path; none for no bound of its own.
    pub depth: Option<usize>,
    /// Most failures of stacks on a path.
    pub faults: u32,
    /// Most requests on a path: connect, bind, listen, and requests of clients.
    pub requests: u32,
    /// How much may be under way when something new begins: pairs of stacks with a message under way and stacks at work on the
    /// coupling facility count together. With more, the search goes on with what is under way, in every order.
    pub overlap: usize,
    /// The same for a failure to come.
    pub fault_overlap: usize,
    /// Steps that no other stack can tell from the one before are interleaved with everything, too, instead of being taken at
    /// once. The same states at rest come out, behind many more.
    pub every_step: bool,
    /// Distinct states at which the search gives up.
    pub states: usize,
    /// With a seed: random walks in place of the exhaustive search.
    pub seed: Option<u64>,
    /// How many walks.
    pub walks: u32,
    /// This part, from 0, of so many.
    pub shard: (u32, u32),
    /// Threads for the exhaustive search; the result is the same for any number.
    pub threads: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: None,
            faults: 1,
            requests: 2,
            overlap: 0,
            fault_overlap: 1,
            every_step: false,
            states: 100_000_000,
            seed: None,
            walks: 1_000,
            shard: (0, 1),
            threads: 1,
        }
    }
}

/// Why a search ended; the worst last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Every state within the bounds was seen.
    #[default]
    Exhausted,
    /// Every walk was taken.
    WalksTaken,
    /// The bound on states was reached first.
    StatesReached,
    /// An invariant broke.
    Broken,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exploration {
    /// Why it ended.
    pub ended: Ended,
    /// Distinct states seen.
    pub states: usize,
    /// Those of them at rest: no message under way, no stack at work on the coupling facility.
    pub resting: usize,
    /// Events taken.
    pub events: usize,
    /// Events on the longest path.
    pub depth: usize,
    /// Figure blocks, claims and sections that decisions went through, sorted.
    pub blocks: Vec<String>,
    /// The broken invariant, if one broke.
    pub counterexample: Option<Counterexample>,
}

impl Exploration {
    /// The results of several shards, or of several seeds, as one. States and events are added up: a state that two shards saw
    /// counts twice. The first counterexample stands for all; the end is the worst. None for no results.
    #[must_use]
    pub fn merge(parts: &[Exploration]) -> Option<Exploration> {
        let (first, rest) = parts.split_first()?;
        let mut whole = first.clone();
        for part in rest {
            whole.ended = whole.ended.max(part.ended);
            whole.states = whole.states.saturating_add(part.states);
            whole.resting = whole.resting.saturating_add(part.resting);
            whole.events = whole.events.saturating_add(part.events);
            whole.depth = whole.depth.max(part.depth);
            whole.blocks.extend(part.blocks.iter().cloned());
            whole.counterexample = whole.counterexample.or_else(|| part.counterexample.clone());
        }
        whole.blocks.sort();
        whole.blocks.dedup();
        Some(whole)
    }
}

/// A shortest path that was found to a broken invariant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterexample {
    /// What broke, one line each.
    pub broken: Vec<String>,
    /// The path as a scenario that runs by itself.
    pub scenario: String,
}

/// Searches a sysplex whose stacks are all down, or from the end of a scenario, whose expectations are not looked at.
///
/// # Errors
/// Lines of the scenario that cannot be read and names that nobody has.
pub fn explore(
    world: &World<'_>,
    after: Option<(&str, &Scenario)>,
    bounds: &Bounds,
) -> Result<Exploration, Vec<Trouble>> {
    explore_watched(world, after, bounds, &mut |_| {})
}

/// The same, telling now and then how far it is.
///
/// # Errors
/// As [`explore`].
pub fn explore_watched(
    world: &World<'_>,
    after: Option<(&str, &Scenario)>,
    bounds: &Bounds,
    watch: &mut dyn FnMut(&Progress),
) -> Result<Exploration, Vec<Trouble>> {
    let Some((file, scenario)) = after else {
        return Ok(begin(world.model, &Cluster::new(world.model), "", bounds, world.addresses, watch));
    };
    let mut scope = world.scope(file);
    let mut play = world.play();
    let before = perform(world, scenario, &mut scope, &mut play);
    if !before.errors.is_empty() {
        return Err(before.errors);
    }
    let begun: String = before.events.iter().map(|event| format!("{}\n", event.event)).collect();
    Ok(begin(world.model, play.cluster(), &begun, bounds, world.addresses, watch))
}

/// Searches from a state. `begun` is how it was reached, in lines of a scenario, empty when all stacks are down. The model
/// tells which jobs run where.
#[must_use]
pub fn explore_from(
    model: &Model,
    start: &Cluster,
    begun: &str,
    bounds: &Bounds,
    addresses: &Addresses,
) -> Exploration {
    begin(model, start, begun, bounds, addresses, &mut |_| {})
}

fn begin(
    model: &Model,
    start: &Cluster,
    begun: &str,
    bounds: &Bounds,
    addresses: &Addresses,
    watch: &mut dyn FnMut(&Progress),
) -> Exploration {
    let mut start = start.clone();
    let alphabet = alphabet::Alphabet::new(model, &mut start, bounds);
    let found = match bounds.seed {
        Some(seed) => walk::walk(&start, &alphabet, bounds, seed, watch),
        None => search::search(&start, &alphabet, bounds, watch),
    };
    let counterexample = found.path.map(|path| {
        let path = minimise::minimise(&start, path);
        Counterexample {
            broken: replay::replay(&start, &path).broken,
            scenario: write::scenario(&start, begun, &path, addresses),
        }
    });
    Exploration {
        ended: if counterexample.is_some() { Ended::Broken } else { found.ended },
        states: found.states,
        resting: found.resting,
        events: found.events,
        depth: found.depth,
        blocks: found.blocks.into_iter().map(str::to_owned).collect(),
        counterexample,
    }
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Distinct states so far.
    pub states: usize,
    /// Events taken so far.
    pub events: usize,
    /// Failures and requests on the paths that are being looked at; none for walks.
    pub spent: Option<(u32, u32)>,
    /// States to go on from that are known so far, or walks still to take.
    pub open: usize,
}

/// What a search brings back.
#[derive(Default)]
struct Found {
    ended: Ended,
    states: usize,
    resting: usize,
    events: usize,
    depth: usize,
    blocks: BTreeSet<&'static str>,
    path: Option<Vec<Event>>,
}
