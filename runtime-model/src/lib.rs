//! The executable cluster.
//!
//! Deliberately absent: text, files, places, clock, randomness. One pure step function moves a cluster.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs
)]

pub mod model;
