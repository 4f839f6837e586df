//! The dialect itself: its description, its tokens, the parser that the description drives, and the scenario language.
//!
//! Deliberately absent: meaning, files, places outside the text. Parsing never fails: it gives what was understood and
//! what was wrong.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs
)]

pub mod complete;
pub mod description;
pub mod dump;
pub mod format;
pub mod kinds;
pub mod lookup;
pub mod parse;
#[cfg(test)]
#[path = "../../tests/property/mod.rs"]
mod property;
pub mod scenario;
pub mod token;
pub mod tree;
pub mod values;

use description::{
    Drops, KeywordDesc, Node, Nodes, Setting, Slot, SlotDesc, SlotKind, StatementDesc, StatementId, Support,
    Type,
};

include!(concat!(env!("OUT_DIR"), "/statements.rs"));
