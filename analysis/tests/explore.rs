//! `explore`: a small cluster in full, random walks, and a broken decision table that the search must find.

mod common;
#[path = "common/small.rs"]
mod small;

use common::{addresses, figure6};
use grammar::scenario::parse;
use runtime_model::founding::TABLES;
use runtime_model::model::{Model, Targets};
use runtime_model::{Cluster, Tables};
use vipa_analysis::explore::{self, Bounds, Ended, Exploration};
use vipa_analysis::obey::NoObeyFiles;
use vipa_analysis::run::{self, World};

/// Two stacks with one DVIPA and one job.
fn small() -> Model {
    let mut model = figure6(true);
    model.stacks.truncate(2);
    model.stacks[0].distributions[0].targets = Targets::All;
    model.jobs.truncate(1);
    for stack in &mut model.stacks {
        stack.sources.truncate(1);
    }
    model
}

fn search(start: &Cluster, bounds: &Bounds) -> Exploration {
    explore::explore_from(&small(), start, "", bounds, &addresses())
}

#[test]
fn starts_in_every_order_are_searched_in_full() {
    let bounds = Bounds { faults: 0, requests: 0, ..Bounds::default() };
    let found = search(&Cluster::new(&small()), &bounds);
    assert_eq!((found.ended, found.counterexample.as_ref()), (Ended::Exhausted, None));
    for block in ["F2:200", "F8B:855", "F8B:865", "003#10"] {
        assert!(found.blocks.contains(&block.to_owned()), "{block} in {:?}", found.blocks);
    }
    assert_eq!(found, search(&Cluster::new(&small()), &bounds), "the same search gives the same result");
}

#[test]
fn shards_see_together_what_one_search_sees() {
    let bounds = Bounds { faults: 0, requests: 1, ..Bounds::default() };
    let start = Cluster::new(&small());
    let whole = search(&start, &bounds);
    let parts: Vec<Exploration> =
        (0..3).map(|part| search(&start, &Bounds { shard: (part, 3), ..bounds.clone() })).collect();
    assert!(parts.iter().all(|part| part.states < whole.states), "each has less to do");
    // Results come from other machines as JSON.
    let told: Vec<Exploration> = parts
        .iter()
        .map(|part| explore::json::read(&explore::json::render(part).unwrap()).unwrap())
        .collect();
    let merged = Exploration::merge(&told).unwrap();
    assert_eq!((merged.ended, &merged.blocks), (Ended::Exhausted, &whole.blocks));
    assert!(merged.states >= whole.states);
    assert_eq!(Exploration::merge(&[]), None);
}

/// A state reached with less used up stands for the same with more; a bound on depth tells them apart.
#[test]
fn what_stands_for_more_hides_nothing() {
    let start = Cluster::new(&small());
    for (faults, requests, fault_overlap) in [(1, 1, 1), (2, 0, 2)] {
        let bounds = Bounds { faults, requests, fault_overlap, ..Bounds::default() };
        let short = search(&start, &bounds);
        let long = search(&start, &Bounds { depth: Some(1_000), ..bounds });
        assert_eq!((short.ended, long.ended), (Ended::Exhausted, Ended::Exhausted));
        assert_eq!((&short.blocks, short.resting), (&long.blocks, long.resting));
        assert!(short.states < long.states, "{} and {}", short.states, long.states);
    }
}

#[test]
fn steps_that_are_taken_at_once_hide_nothing() {
    let start = Cluster::new(&small());
    for (faults, requests, overlap, fault_overlap) in [(0, 1, 1, 0), (1, 1, 0, 1), (1, 1, 0, 0)] {
        let bounds = Bounds { faults, requests, overlap, fault_overlap, ..Bounds::default() };
        let short = search(&start, &bounds);
        let long = search(&start, &Bounds { every_step: true, ..bounds });
        assert_eq!((short.ended, long.ended), (Ended::Exhausted, Ended::Exhausted));
        assert_eq!((&short.blocks, short.resting), (&long.blocks, long.resting));
        assert!(short.states < long.states, "{} and {}", short.states, long.states);
    }
}

/// Figure 8A: one structure, no recovery of what a failed stack held.
#[test]
fn a_single_structure_takes_the_search_through_figure_8a() {
    let mut model = small::three_stacks();
    model.structures.stack_structures = false;
    let bounds = Bounds { faults: 0, requests: 1, threads: 2, ..Bounds::default() };
    let found = explore::explore_from(&model, &Cluster::new(&model), "", &bounds, &addresses());
    assert_eq!((found.ended, found.counterexample), (Ended::Exhausted, None));
    let of = |figure: &str| -> Vec<&str> {
        found.blocks.iter().filter_map(|block| block.strip_prefix(figure)).collect()
    };
    assert_eq!(of("F8A:"), ["800", "805", "810", "815", "820", "825", "830", "835", "840"]);
    assert_eq!((of("F8B:").len(), of("F12:").len()), (0, 0));
}

#[test]
fn the_number_of_threads_does_not_show() {
    let bounds = Bounds { faults: 0, requests: 1, states: 3_000, ..Bounds::default() };
    let start = Cluster::new(&small());
    assert_eq!(search(&start, &Bounds { threads: 3, ..bounds.clone() }), search(&start, &bounds));
}

#[test]
fn a_search_stops_at_its_bound_on_states() {
    let found = search(&Cluster::new(&small()), &Bounds { states: 50, ..Bounds::default() });
    assert_eq!((found.ended, found.states), (Ended::StatesReached, 50));
}

#[test]
fn walks_repeat_with_their_seed() {
    let bounds =
        Bounds { faults: 0, requests: 2, seed: Some(7), walks: 20, depth: Some(60), ..Bounds::default() };
    let start = Cluster::new(&small());
    let found = search(&start, &bounds);
    assert_eq!(found, search(&start, &bounds));
    assert_ne!(found.events, search(&start, &Bounds { seed: Some(8), ..bounds }).events);
}

/// The lock of a failed stack stays: whoever comes next waits for ever.
const STUCK: Tables = Tables { name: "stuck", break_locks: false, ..TABLES };

#[test]
fn a_broken_table_is_found_and_its_scenario_is_short_and_readable() {
    let bounds = Bounds { faults: 1, requests: 0, ..Bounds::default() };
    let found = search(&Cluster::with_tables(&small(), STUCK), &bounds);
    assert_eq!(found.ended, Ended::Broken);
    let broken = found.counterexample.clone().unwrap();
    assert!(broken.broken[0].starts_with("invariant 3 is broken: "), "{:?}", broken.broken);
    let scenario = parse(&broken.scenario);
    assert_eq!(scenario.errors().count(), 0, "{}", broken.scenario);
    assert!(scenario.lines.len() <= 9, "{}", broken.scenario);
    // The tables in force are right: the same events break nothing there.
    let (model, addresses) = (small(), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let run = run::run(&world, "counterexample", &scenario);
    assert_eq!((run.errors.as_slice(), run.failures.as_slice()), (&[][..], &[][..]));
    // With the wrong tables the scenario shows what broke, where it is run.
    let run = run::run_on(&world, "counterexample", &scenario, &Cluster::with_tables(&model, STUCK));
    assert_eq!(run.failures.iter().map(|failure| &failure.message).collect::<Vec<_>>(), [&broken.broken[0]]);
    assert!(explore::text::render(&found).contains(&broken.scenario));
}

#[test]
fn a_search_from_a_scenario_begins_with_its_lines() {
    let (model, addresses) = (small(), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let scenario = parse("TCPIP2 APPA listen DVA1:60 as L\n");
    let bounds = Bounds { faults: 0, requests: 1, depth: Some(4), ..Bounds::default() };
    let found = explore::explore(&world, Some(("f", &scenario)), &bounds).unwrap();
    assert!(found.counterexample.is_none() && found.states > 10, "{found:?}");
    assert!(
        found.blocks.contains(&"003#12".to_owned()),
        "a client is served by the listener of the scenario"
    );
    let wrong = explore::explore(&world, Some(("f", &parse("fail TCPIP9\n"))), &bounds);
    assert_eq!(wrong.unwrap_err().len(), 1);
}
