//! How fast a search goes, and how far: three stacks, two DVIPAs, two jobs. Prints one line for each form of the structures.
//!
//! Run with `cargo bench -p vipa-analysis --bench explore -- FAULTS REQUESTS OVERLAP FAULT-OVERLAP THREADS`.
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

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Seconds that this process has had of a processor; on a system that does not tell, the time since `begun`.
fn busy(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").ok().and_then(|text| {
        let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
        Some((ticks(11)? + ticks(12)?) / 100.0)
    });
    told.unwrap_or_else(|| begun.elapsed().as_secs_f64())
}

/// The most memory that this process has had, as the system tells it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |value| value.trim().to_owned())
}

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let number = |place: usize, otherwise: usize| numbers.get(place).copied().unwrap_or(otherwise);
    let bounds = Bounds {
        faults: u32::try_from(number(0, 1)).unwrap(),
        requests: u32::try_from(number(1, 1)).unwrap(),
        overlap: number(2, 0),
        fault_overlap: number(3, 1),
        threads: number(4, 1),
        ..Bounds::default()
    };
    for split in [true, false] {
        let mut model = small::three_stacks();
        model.structures.stack_structures = split;
        let begun = Instant::now();
        let before = busy(begun);
        let found = explore::explore_from(&model, &Cluster::new(&model), "", &bounds, &Addresses::default());
        let seconds = begun.elapsed().as_secs_f64();
        let used = busy(begun) - before;
        println!(
            "stack structures {split}: {} states in {seconds:.1} s, {:.0} a second of processor time; memory up to {}",
            found.states,
            found.states as f64 / used,
            most_memory(),
        );
        println!("{}", explore::text::render(&found));
    }
}
