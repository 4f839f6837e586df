//! The report for a terminal: the weaknesses first, then each fault with what it changes.

use std::fmt::Write;

use super::columns::{dvipas, services};
use super::lines::{About, Kind, lines};
use super::{Case, Moment, Report};

/// How many lines of one kind a fault shows.
const SHOWN: usize = 12;

/// The report as text.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {}, {}, {}; {}",
        report.sysplex,
        count(report.stacks.len(), "stack"),
        count(report.dvipas.len(), "DVIPA"),
        count(report.services.len(), "service"),
        count(report.cases.len(), "case"),
    );
    weaknesses(&mut out, report);
    for moment in [Moment::Running, Moment::Start] {
        let cases: Vec<&Case> = report.cases.iter().filter(|case| case.moment == moment).collect();
        if cases.is_empty() {
            continue;
        }
        out.push_str(match moment {
            Moment::Running => "\nLost while running\n",
            Moment::Start => "\nNot there at the start\n",
        });
        for case in cases {
            one(&mut out, report, case);
        }
    }
    if !report.assumptions.is_empty() || !report.notes.is_empty() {
        out.push_str("\nThis rests on\n");
        for line in report.grounds() {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

fn weaknesses(out: &mut String, report: &Report) {
    if report.weaknesses.is_empty() {
        out.push_str("\nNo weakness found: every address keeps an owner, every service a listener, and all come back.\n");
        return;
    }
    let _ = writeln!(out, "\n{}", count(report.weaknesses.len(), "weakness"));
    for alike in report.weaknesses.chunk_by(|one, other| one.kind == other.kind) {
        for weakness in alike.iter().take(SHOWN) {
            let _ = writeln!(out, "  {}\n      {}", weakness.message, weakness.help);
        }
        let rest = alike.len().saturating_sub(SHOWN);
        if rest > 0 {
            let _ = writeln!(out, "  … and {rest} more of this kind (--format json or html has all)");
        }
    }
}

/// One case: a line for the fault, then one for all that goes the same way, at most [`SHOWN`] of a kind.
fn one(out: &mut String, report: &Report, case: &Case) {
    let also = case.fault.also();
    let also = if also.is_empty() { also } else { format!(" (the same as {also})") };
    let _ = writeln!(out, "  {}{also}", case.fault.title());
    let mut told: Vec<(Kind, usize)> = Vec::new();
    for line in lines(report, case) {
        match told.last_mut() {
            Some((kind, number)) if *kind == line.kind => *number += 1,
            Some(_) | None => told.push((line.kind, 1)),
        }
        if told.last().is_some_and(|(_, number)| *number <= SHOWN) {
            let _ = writeln!(out, "      {}", line.text(&|about| names(report, about)));
        }
    }
    for (kind, number) in told.into_iter().filter(|(_, number)| *number > SHOWN) {
        let _ =
            writeln!(out, "      … and {} {} (--format json or html has all)", number - SHOWN, kind.more());
    }
}

/// What a line is about: all of them, or the first by name.
fn names(report: &Report, about: &About) -> String {
    const ALL: usize = 6;
    const SOME: usize = 4;
    let (names, of, what) = match about {
        About::Dvipas(list) => (dvipas(report, list), report.dvipas.len(), "DVIPA"),
        About::Services(list) => (services(report, list), report.services.len(), "service"),
        About::Case => return String::new(),
    };
    match names.as_slice() {
        [one] => one.clone(),
        all if all.len() == of && of > 2 => format!("all {}", count(of, what)),
        [few @ .., last] if few.len() < ALL => format!("{} and {last}", few.join(", ")),
        many => {
            let first = many.get(..SOME).unwrap_or_default().join(", ");
            format!("{first} and {} more", many.len().saturating_sub(SOME))
        }
    }
}

/// `1 stack`, `2 stacks`, `2 weaknesses`.
fn count(number: usize, word: &str) -> String {
    let ending = match (number, word.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{number} {word}{ending}")
}
