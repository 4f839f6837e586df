//! Literate specifications: Markdown that is run. `docs/specs.md` says how to write one.
//!
//! [`document`] finds headings and blocks, [`case`] makes tests of them, [`check`] runs one against an [`engine`].

pub mod assertion;
pub mod case;
pub mod check;
pub mod coverage;
pub mod difference;
pub mod document;
pub mod engine;
pub mod info;
pub mod mutants;
pub mod named;
pub mod obeyed;
pub mod obeyfiles;
mod own_tests;
pub mod seeds;
pub mod spec;
pub mod tables;
pub mod whole;

pub use own_tests::trials as own_trials;
