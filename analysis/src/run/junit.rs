//! `vipa run --format junit`: a suite for each scenario, a case for each event.

use std::fmt::Write as _;

use super::report::{EventReport, Run};

/// All runs as one JUnit document.
#[must_use]
pub fn render(runs: &[Run]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tests: usize = runs.iter().map(|run| cases(run).count()).sum();
    let failures: usize = runs.iter().map(failed).sum();
    let errors: usize = runs.iter().map(|run| run.errors.len()).sum();
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "<testsuites name=\"vipa run\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
        tests + errors
    );
    for run in runs {
        let file = escape(&run.file);
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            escape(&if run.title.is_empty() {
                run.file.clone()
            } else {
                format!("{}: {}", run.file, run.title)
            }),
            cases(run).count() + run.errors.len(),
            failed(run),
            run.errors.len()
        );
        for event in cases(run) {
            let place = event.line.map_or_else(String::new, |line| format!("line {line}: "));
            let name = escape(&format!("{place}{}", event.event));
            let line = event.line.map_or_else(String::new, |line| format!(" line=\"{line}\""));
            let _ = write!(out, "    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\"{line}");
            if event.failures.is_empty() {
                out.push_str("/>\n");
                continue;
            }
            out.push_str(">\n");
            let first = event.failures.first().map_or("", |failure| failure.message.as_str());
            let _ = writeln!(out, "      <failure message=\"{}\">", escape(first));
            for failure in &event.failures {
                let _ =
                    writeln!(out, "{file}:{}:{}: {}", failure.line, failure.column, escape(&failure.message));
            }
            out.push_str("      </failure>\n    </testcase>\n");
        }
        for error in &run.errors {
            let name = escape(&format!("line {}", error.line));
            let _ = writeln!(
                out,
                "    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{}\">\n      <error message=\"{}\"/>\n    </testcase>",
                error.line,
                escape(&error.message)
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// The events that the scenario names, and its unsaid start when something broke there.
fn cases(run: &Run) -> impl Iterator<Item = &EventReport> {
    run.events.iter().filter(|event| event.line.is_some() || !event.ok)
}

fn failed(run: &Run) -> usize {
    run.events.iter().filter(|event| !event.failures.is_empty()).count()
}

/// Text for an attribute or an element; characters that XML 1.0 cannot hold become a question mark.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => out.push('?'),
            c => out.push(c),
        }
    }
    out
}
