//! Questions to a compiled sysplex, one file a question, and their reports, one file a renderer.
//!
//! Deliberately absent: file system, environment, clock, terminal. Questions take the lowered model and plain values and
//! give plain data; renderers give text. The same input gives the same bytes.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs
)]

pub mod anonymize;
pub mod capture;
pub mod change;
pub mod config;
pub mod coverage;
pub mod diff;
pub mod drift;
pub mod explore;
pub mod failover;
pub mod graph;
pub mod holders;
pub mod init;
pub mod live;
pub mod markup;
pub mod mend;
pub mod model;
pub mod names;
pub mod netstat;
pub mod obey;
pub mod plan;
pub mod reference;
pub(crate) mod rows;
pub mod run;
pub mod trouble;
pub mod why;
