//! How many cases the property tests try, and which: the same on every machine and in every run. `VIPA_CASES=10` tries ten times as many,
//! `VIPA_SEED=7` others.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    reason = "each test takes what it needs, and reads these variables itself"
)]

use proptest::test_runner::{Config, RngSeed};

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name}={value}: a whole number is wanted")))
}

/// What a number of cases is multiplied by.
pub fn times() -> u32 {
    variable("VIPA_CASES").unwrap_or(1)
}

/// A property is tried on this many cases, times `VIPA_CASES`.
pub fn cases(cases: u32) -> Config {
    let rng_seed = RngSeed::Fixed(variable("VIPA_SEED").unwrap_or(0));
    Config { cases: cases.saturating_mul(times()), rng_seed, failure_persistence: None, ..Config::default() }
}

/// Seeds for tests with dice of their own: this many, times `VIPA_CASES`, from the first one on.
pub fn seeds(first: u64, count: u64) -> std::ops::Range<u64> {
    let first = first.wrapping_add(variable::<u64>("VIPA_SEED").unwrap_or(0).wrapping_mul(1 << 32));
    first..first.saturating_add(count.saturating_mul(u64::from(times())))
}
