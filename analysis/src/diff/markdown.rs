//! The difference for a pull request.

use std::fmt::Write as _;

use super::text::summary;
use super::{Became, Diff};
use crate::change::text::{configuration, fenced, listed, moves};

/// The difference as Markdown.
#[must_use]
pub fn render(diff: &Diff) -> String {
    let mut out = format!("### vipa diff: {}\n\n**{}**\n", diff.sysplex, summary(diff).text);
    for stack in &diff.stacks {
        let words = match stack.became {
            Became::Added => " (new)",
            Became::Changed => "",
            Became::Removed => " (gone)",
        };
        let _ = write!(out, "\n#### {}{words}\n\n", stack.stack);
        out.push_str(&fenced(&configuration(&stack.configuration)));
    }
    let moved = moves(&diff.moves, None);
    if !moved.is_empty() {
        out.push_str("\n#### What is where once all stacks have started\n\n");
        out.push_str(&fenced(&moved));
    }
    if !diff.findings.gained.is_empty() {
        out.push_str("\n#### New findings\n\n");
        out.push_str(&listed("", &diff.findings.gained));
    }
    if !diff.findings.lost.is_empty() {
        out.push_str("\n#### Findings that are gone\n\n");
        out.push_str(&listed("", &diff.findings.lost));
    }
    out
}
