//! The difference for a terminal: stack by stack, then the sysplex; the summary line last.

use super::{Became, Diff};
use crate::change::config::Sign;
use crate::change::text::{Told, Tone, configuration, count, findings, moves};

/// The difference as text.
#[must_use]
pub fn render(diff: &Diff, colour: bool) -> String {
    tell(diff).iter().map(|told| told.render(colour)).collect()
}

fn tell(diff: &Diff) -> Vec<Told> {
    let mut all = Vec::new();
    let gap = |all: &mut Vec<Told>| {
        if !all.is_empty() {
            all.push(Told::new(Tone::Plain, ""));
        }
    };
    for stack in &diff.stacks {
        gap(&mut all);
        let words = match stack.became {
            Became::Added => "is new and holds",
            Became::Changed => "holds after its next start",
            Became::Removed => "is gone; it held",
        };
        all.push(Told::new(Tone::Head, format!("{} {words}", stack.stack)));
        all.extend(configuration(&stack.configuration));
    }
    let moved = moves(&diff.moves, None);
    if !moved.is_empty() {
        gap(&mut all);
        all.push(Told::new(Tone::Head, "What is where once all stacks have started"));
        all.extend(moved);
    }
    if !diff.findings.gained.is_empty() || !diff.findings.lost.is_empty() {
        gap(&mut all);
        all.push(Told::new(Tone::Head, "What lint says now (+ new, - gone)"));
        all.extend(findings(&diff.findings));
    }
    if !diff.moves.is_empty() {
        gap(&mut all);
        all.push(Told::new(Tone::Faint, "This rests on"));
        let assumed = diff.assumptions.iter().map(|one| format!("{}: {}", one.name, one.words));
        let grounds = diff.notes.iter().cloned().chain(assumed);
        all.extend(grounds.map(|line| Told::new(Tone::Faint, format!("  {line}"))));
    }
    gap(&mut all);
    all.push(summary(diff));
    all
}

/// The last line.
pub(super) fn summary(diff: &Diff) -> Told {
    if !diff.changes() && diff.findings.gained.is_empty() && diff.findings.lost.is_empty() {
        return Told::new(Tone::Head, format!("Nothing changes against {}.", diff.base));
    }
    let lines = || diff.stacks.iter().flat_map(|stack| &stack.configuration);
    let of = |sign: Sign| lines().filter(|line| line.sign == sign).count();
    let text = format!(
        "Against {}: {} with {} added, {} changed, {} removed; {} with another owner; {} new, {} gone.",
        diff.base,
        count(diff.stacks.len(), "stack"),
        of(Sign::Added),
        of(Sign::Changed),
        of(Sign::Removed),
        count(diff.moves.owners.len(), "DVIPA"),
        count(diff.findings.gained.len(), "finding"),
        diff.findings.lost.len(),
    );
    Told::new(Tone::Head, text)
}
