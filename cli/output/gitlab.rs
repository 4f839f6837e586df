//! GitLab's code quality report.

use std::io::{self, Write};

use compiler::finding::Severity;
use serde::Serialize;

use super::{Report, fingerprint, write_json};

#[derive(Serialize)]
struct Entry<'a> {
    check_name: &'a str,
    description: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

/// Writes the array that GitLab reads.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = report
        .findings
        .iter()
        .zip(fingerprint::all(report))
        .map(|(finding, fingerprint)| {
            let (start, end) = (finding.place.start, finding.place.end);
            Entry {
                check_name: finding.rule,
                description: &finding.message,
                fingerprint,
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location {
                    path: report.repository.relative(&finding.place.file),
                    positions: Positions {
                        begin: Point { line: start.record, column: start.column },
                        end: Point { line: end.record, column: end.column },
                    },
                },
            }
        })
        .collect();
    write_json(&entries, to)
}
