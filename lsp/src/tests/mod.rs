//! The server over real pipes, with a compiler that the tests control.
#![allow(clippy::disallowed_methods, reason = "tests write the files that the server reads")]

mod client;
mod diagnosing;
mod editing;
mod fake;
mod features;
mod fixture;
mod moving;
mod page;
mod questions;
mod real;
mod robust;
mod staged;
mod strange;
