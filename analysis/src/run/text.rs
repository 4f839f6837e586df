//! `vipa run` for people: what happened in words, below it the path, figure and block last.

use std::fmt::Write as _;

use super::report::{EventReport, Run, TraceReport};
use crate::names::Addresses;

/// One scenario. With `trace` every event shows its decisions; without, only events with a failure do.
#[must_use]
pub fn render(run: &Run, addresses: &Addresses, trace: bool) -> String {
    let title = if run.title.is_empty() { String::new() } else { format!(": {}", run.title) };
    let mut out = format!("{}{title}\n", run.file);
    let width =
        run.events.iter().filter_map(|event| event.line).max().map_or(1, |line| line.to_string().len());
    for event in &run.events {
        let number = event.line.map_or_else(String::new, |line| line.to_string());
        // Writing to a String does not fail.
        let _ = writeln!(out, "  {number:>width$}  {}", event.event);
        let indent = " ".repeat(width + 6);
        for line in &event.words {
            let _ = writeln!(out, "{indent}{}", addresses.annotate(line));
        }
        for message in &event.outcome.messages {
            let _ = writeln!(out, "{indent}{}", addresses.annotate(message));
        }
        // The path of a start that the scenario leaves out is long and nobody asked for it.
        if (trace && event.line.is_some()) || !event.failures.is_empty() {
            out.push_str(&path(&event.trace, addresses, width + 8));
            assumptions(&mut out, event, &indent);
        }
        for failure in &event.failures {
            let _ = writeln!(
                out,
                "{indent}FAILED, line {}: {}",
                failure.line,
                addresses.annotate(&failure.message)
            );
        }
    }
    for error in &run.errors {
        let _ = writeln!(out, "{error}");
    }
    out.push_str(&summary(run));
    out
}

/// `4 events, 3 checks: all met`.
fn summary(run: &Run) -> String {
    let events = run.events.iter().filter(|event| event.line.is_some()).count();
    let verdict = match (run.errors.len(), run.failures.len()) {
        (0, 0) if run.checks == 0 => "nothing was expected".to_owned(),
        (0, 0) => "all met".to_owned(),
        (0, failed) => format!("{failed} not met"),
        (errors, _) => format!("stopped by {}", count(errors, "error")),
    };
    format!("{}, {}: {verdict}\n", count(events, "event"), count(run.checks, "check"))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn assumptions(out: &mut String, event: &EventReport, indent: &str) {
    if !event.assumptions.is_empty() {
        let _ = writeln!(out, "{indent}  rests on: {}", event.assumptions.join(", "));
    }
}

/// The decisions, one a line, blocks in a column of their own behind the words.
#[must_use]
pub fn path(trace: &[TraceReport], addresses: &Addresses, indent: usize) -> String {
    let rows: Vec<(String, &str)> = trace
        .iter()
        .map(|step| {
            let question = addresses.annotate(&step.question);
            let answer = match step.answer.as_str() {
                "" | "done" => String::new(),
                answer => format!(" {}", addresses.annotate(answer)),
            };
            (format!("{question}{answer}"), step.at.as_str())
        })
        .collect();
    let width = rows.iter().map(|(words, _)| words.chars().count()).max().unwrap_or(0).min(88);
    let mut out = String::new();
    for (words, at) in rows {
        let gap = " ".repeat(width.saturating_sub(words.chars().count()));
        let _ = writeln!(out, "{}{words}{gap}  {at}", " ".repeat(indent));
    }
    out
}
