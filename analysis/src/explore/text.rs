//! `vipa explore` for people.

use std::fmt::Write as _;

use super::{Ended, Exploration};

/// The whole result.
#[must_use]
pub fn render(found: &Exploration) -> String {
    let mut out = String::new();
    let verdict = match found.ended {
        Ended::Exhausted => "every state within the bounds was seen; no invariant broke",
        Ended::StatesReached => "the bound on states was reached; no invariant broke so far",
        Ended::WalksTaken => "every walk was taken; no invariant broke",
        Ended::Broken => "an invariant broke",
    };
    // Writing to a String does not fail.
    let _ = writeln!(out, "{verdict}");
    let _ = writeln!(
        out,
        "{} distinct states, {} of them at rest; {} events; longest path {}",
        found.states, found.resting, found.events, found.depth
    );
    let _ = writeln!(out, "{} blocks visited:{}", found.blocks.len(), figures(&found.blocks));
    if let Some(broken) = &found.counterexample {
        for line in &broken.broken {
            let _ = writeln!(out, "broken: {line}");
        }
        let _ = write!(out, "\nThis scenario shows it:\n\n{}", broken.scenario);
    }
    out
}

/// `\n  F7: 700 710`: the blocks of each figure on a line of their own.
fn figures(blocks: &[String]) -> String {
    let mut out = String::new();
    let mut last = "";
    for block in blocks {
        let (figure, number) = block.split_once([':', '#']).unwrap_or((block, ""));
        if figure == last {
            let _ = write!(out, " {number}");
        } else if number.is_empty() {
            // A document as a whole, without a claim of its own.
            let _ = write!(out, "\n  {figure}");
        } else {
            let _ = write!(out, "\n  {figure}: {number}");
        }
        last = figure;
    }
    out
}
