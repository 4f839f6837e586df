//! The report for a terminal: the weaknesses first, then each fault with what it changes.

use std::fmt::Write;

use super::{Case, Fate, Moment, Report};

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
            one(&mut out, report, case, SHOWN);
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
    for weakness in &report.weaknesses {
        let _ = writeln!(out, "  {}\n      {}", weakness.message, weakness.help);
    }
}

/// One case: a line for the fault, then one for each change, at most `shown` of a kind.
pub(super) fn one(out: &mut String, report: &Report, case: &Case, shown: usize) {
    let also = case.fault.also();
    let also = if also.is_empty() { also } else { format!(" (the same as {also})") };
    let _ = writeln!(out, "  {}{also}", case.fault.title());
    let mut lines = Vec::new();
    let moved = case.moved.iter().map(|moved| match (&moved.from, &moved.to) {
        (Some(from), Some(to)) if case.moment == Moment::Start => {
            format!("{} comes up on {to} instead of {from}", moved.address)
        }
        (Some(from), None) if case.moment == Moment::Start => {
            format!("{} comes up nowhere; {from} would have it", moved.address)
        }
        (Some(from), Some(to)) => format!("{} moves from {from} to {to}", moved.address),
        (Some(from), None) => format!("{} has no owner any more; {from} had it", moved.address),
        (None, Some(to)) => format!("{} comes to {to}; nobody had it", moved.address),
        (None, None) => format!("{} has no owner", moved.address),
    });
    cut(&mut lines, moved.collect(), "more addresses", shown);
    let services = case.services.iter().filter_map(|served| {
        let service = report.services.get(served.service)?;
        let name = service.name();
        Some(match served.fate {
            Fate::Lost => format!("{name} is lost"),
            Fate::Restart => format!("{name} needs its server started on {}", served.listeners.join(", ")),
            Fate::Undistributed => {
                format!(
                    "{name} is served by {} alone, which does not distribute it",
                    served.listeners.join(", ")
                )
            }
            Fate::LastOne => format!("{name} has one listener left, on {}", served.listeners.join(", ")),
            Fate::Fewer => {
                format!("{name} keeps {} of {} listeners", served.listeners.len(), service.listeners.len())
            }
        })
    });
    cut(&mut lines, services.collect(), "more services", shown);
    if case.broken > 0 {
        lines.push(format!("{} broken", count(case.broken, "connection")));
    }
    let back = case.back.iter().map(|back| {
        let with = back.with.as_deref().unwrap_or("nobody");
        let until = if back.when_idle { " until its last connection ends" } else { "" };
        format!("after the return {} stays with {with}{until}", back.address)
    });
    cut(&mut lines, back.collect(), "more that stay away", shown);
    if lines.is_empty() {
        lines.push("nothing changes".to_owned());
    }
    for line in lines {
        let _ = writeln!(out, "      {line}");
    }
}

fn cut(lines: &mut Vec<String>, mut all: Vec<String>, more: &str, shown: usize) {
    let rest = all.len().saturating_sub(shown);
    all.truncate(shown);
    lines.extend(all);
    if rest > 0 {
        lines.push(format!("… and {rest} {more} (--format json or html has all)"));
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
