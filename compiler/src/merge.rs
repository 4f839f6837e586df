//! One finding for what several stacks say of the same words: a member that thirty stacks share has one mistake, not thirty.

use std::collections::BTreeMap;

use crate::place::At;
use crate::report::Report;

/// Stands for the name of the stack.
const STACK: char = '\u{1}';

/// So many stacks are named, the others are counted.
const NAMED: usize = 4;

/// Findings by place, rule and what they say.
#[derive(Default)]
pub(crate) struct Merged {
    known: BTreeMap<(At, &'static str, String), Report>,
}

impl Merged {
    /// Adds a finding, or its stacks to one that says the same.
    pub(crate) fn add(&mut self, report: Report) {
        let key = (report.at, report.rule, form(&report));
        match self.known.get_mut(&key) {
            None => {
                self.known.insert(key, report);
            }
            Some(known) => {
                for stack in report.stacks {
                    if !known.stacks.contains(&stack) {
                        known.stacks.push(stack);
                    }
                }
            }
        }
    }

    /// The findings, those of several stacks with all their names.
    pub(crate) fn into_reports(self) -> Vec<Report> {
        self.known
            .into_iter()
            .map(|((_, _, form), mut report)| {
                if report.stacks.len() > 1 && form.contains(STACK) {
                    report.stacks.sort();
                    let names = names(&report.stacks);
                    let mut parts = form.split('\n').map(|part| part.replace(STACK, &names));
                    report.message = parts.next().unwrap_or_default();
                    report.notes = parts.collect();
                }
                report
            })
            .collect()
    }
}

/// What a finding says, whichever stack says it: the message, and its notes where they name the stack too.
fn form(report: &Report) -> String {
    let [stack] = report.stacks.as_slice() else { return report.message.clone() };
    let Some(message) = without(&report.message, stack) else { return report.message.clone() };
    let mut form = message;
    for note in &report.notes {
        form.push('\n');
        form.push_str(&without(note, stack).unwrap_or_else(|| note.clone()));
    }
    form
}

/// A text without the name of a stack, which stands in it once and behind a word that takes several names as well.
fn without(text: &str, stack: &str) -> Option<String> {
    let mut found = text.match_indices(stack).filter(|(at, _)| {
        let outside = |letter: char| !letter.is_ascii_alphanumeric() && !"@#$_.".contains(letter);
        let before = text.get(..*at).unwrap_or("");
        let behind = text.get(at + stack.len()..).unwrap_or("");
        before.ends_with(|letter: char| outside(letter)) && behind.chars().next().is_none_or(outside)
    });
    let (at, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let (before, behind) = (text.get(..at)?, text.get(at + stack.len()..)?);
    let several = [" of ", " on ", " in ", " for "].iter().any(|word| before.ends_with(word));
    several.then(|| format!("{before}{STACK}{behind}"))
}

fn names(stacks: &[String]) -> String {
    match stacks {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if stacks.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        many => {
            let shown = many.get(..NAMED - 1).unwrap_or(many);
            format!("{} and {} more stacks", shown.join(", "), many.len() - shown.len())
        }
    }
}
