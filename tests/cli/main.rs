//! The command, driven in memory: no process, no disk but for the checks of this repository itself.

mod adopt;
mod anonymize;
mod bad_input;
mod coverage;
mod exit_codes;
mod explain;
mod failover;
mod fix;
mod fmt;
mod form;
mod formats;
mod graph;
mod harness;
mod init;
mod inputs;
mod limits;
mod lint_doc;
mod lint_obey;
mod mistakes;
mod plan;
mod process;
mod questions;
mod repository;
mod same;
mod samples;
mod streams;
