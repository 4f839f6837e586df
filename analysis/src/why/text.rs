//! `vipa why` for people: the answer first, then the path, what it rests on, what would change it.

use std::fmt::Write as _;

use super::Why;
use crate::names::Addresses;
use crate::run::text::path;

/// The whole answer.
#[must_use]
pub fn render(why: &Why, addresses: &Addresses) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(out, "{}", why.question);
    let _ = writeln!(out, "  {}", addresses.annotate(&why.answer));
    for message in &why.outcome.messages {
        let _ = writeln!(out, "  {}", addresses.annotate(message));
    }
    if !why.trace.is_empty() {
        out.push_str("\nHow it came to that\n");
        out.push_str(&path(&why.trace, addresses, 2));
    }
    if !why.assumptions.is_empty() {
        out.push_str("\nIt rests on\n");
        for assumed in &why.assumptions {
            let _ = writeln!(out, "  {}: {}", assumed.name, assumed.words);
        }
    }
    if !why.changes.is_empty() {
        out.push_str("\nWhat would change it\n");
        for change in &why.changes {
            let _ = writeln!(out, "  {}", addresses.annotate(change));
        }
    }
    out
}
