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

mod addresses;
pub mod assumption;
mod bits;
mod cf;
pub mod cluster;
mod cow;
mod distribution;
mod engine;
pub mod event;
mod flat;
pub mod founding;
pub mod ids;
pub mod invariants;
pub mod model;
pub mod outcome;
mod ports;
mod print;
pub mod product;
mod queries;
mod questions;
mod search;
pub mod socket;
pub mod stack;
pub mod tables;

pub use assumption::{Assumption, Assumptions};
pub use cf::Use;
pub use cluster::{Cluster, Mode};
pub use distribution::view::{Candidate, Distributed};
pub use event::{CfStep, Event, LocalEnd, SocketOptions};
pub use ids::{AddrId, Handle, JobId, StackId};
pub use invariants::{Violation, invariants, refused_changes_nothing};
pub use outcome::{
    Answer, Completion, ConsoleMessage, Ctx, Errno, NotTaken, Outcome, Refusal, Refused, TraceStep, Verdict,
};
pub use print::Print;
pub use queries::{Routed, SocketView};
pub use stack::Status;
pub use tables::Tables;
