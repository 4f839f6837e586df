//! The vipa command.
fn main() {}
