//! How often each rule found something, most often first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use compiler::finding::Severity;
use serde::Serialize;

use super::{Report, style, write_json};

#[derive(Serialize)]
struct Line {
    rule: &'static str,
    severity: &'static str,
    count: usize,
}

/// Writes a table for people.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, colour: bool, to: &mut dyn Write) -> io::Result<()> {
    let lines = count(report);
    let width = lines.first().map_or(1, |(count, ..)| count.to_string().len());
    for (count, severity, rule) in lines {
        let level = format!("{:<7}", severity.word());
        writeln!(to, "{count:>width$} {} {rule}", style::paint(style::of(severity), colour, &level))?;
    }
    Ok(())
}

/// Writes an array for programs.
///
/// # Errors
/// When the writer fails.
pub fn write_as_json(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<Line> = count(report)
        .into_iter()
        .map(|(count, severity, rule)| Line { rule, severity: severity.word(), count })
        .collect();
    write_json(&lines, to)
}

/// A rule whose level differs between files has a line for each level.
fn count(report: &Report) -> Vec<(usize, Severity, &'static str)> {
    let mut counts: BTreeMap<(Severity, &'static str), usize> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((finding.severity, finding.rule)).or_default() += 1;
    }
    let mut lines: Vec<_> =
        counts.into_iter().map(|((severity, rule), count)| (count, severity, rule)).collect();
    lines.sort_by_key(|(count, severity, rule)| (std::cmp::Reverse((*count, *severity)), *rule));
    lines
}
