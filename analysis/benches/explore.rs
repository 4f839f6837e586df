//! How fast a search goes, and how far: three stacks, two DVIPAs, two jobs. Prints one line for each form of the structures.
//!
//! Run with `cargo bench -p vipa-analysis --bench explore -- FAULTS REQUESTS OVERLAP THREADS`.
#![allow(
    clippy::disallowed_methods,
    reason = "a measurement needs a clock, and its bounds from the command line"
)]

#[path = "../tests/common/small.rs"]
mod small;

use std::time::Instant;

use runtime_model::Cluster;
use vipa_analysis::explore::{self, Bounds};
use vipa_analysis::names::Addresses;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let number = |place: usize, otherwise: usize| numbers.get(place).copied().unwrap_or(otherwise);
    let bounds = Bounds {
        faults: u32::try_from(number(0, 0)).unwrap(),
        requests: u32::try_from(number(1, 1)).unwrap(),
        overlap: number(2, 1),
        threads: number(3, 2),
        states: 30_000_000,
        ..Bounds::default()
    };
    for split in [true, false] {
        let mut model = small::three_stacks();
        model.structures.stack_structures = split;
        let begun = Instant::now();
        let found = explore::explore_from(&model, &Cluster::new(&model), "", &bounds, &Addresses::default());
        let seconds = begun.elapsed().as_secs_f64();
        println!(
            "stack structures {split}: {} states, {} events, {seconds:.1} s, {:.0} states a second, depth {}",
            found.states,
            found.events,
            found.states as f64 / seconds,
            found.depth,
        );
        println!("{}", explore::text::render(&found));
    }
}
