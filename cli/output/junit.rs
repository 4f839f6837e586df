//! JUnit XML: a suite a file, a case a finding. Findings below the fail level are told, but do not fail.

use std::io::{self, Write};

use compiler::finding::Finding;

use super::{Report, words};

/// Writes the report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let failing = |finding: &&Finding| report.fail_level.is_reached_by(finding.severity);
    let failures = report.findings.iter().filter(failing).count();
    let mut files: Vec<&str> = report.files.iter().map(AsRef::as_ref).collect();
    files.extend(report.findings.iter().map(|finding| &*finding.place.file));
    files.sort_unstable();
    files.dedup();
    let suites: Vec<(&str, Vec<&Finding>)> = files
        .into_iter()
        .map(|file| (file, report.findings.iter().filter(|finding| &*finding.place.file == file).collect()))
        .collect();
    let tests: usize = suites.iter().map(|(_, findings)| findings.len().max(1)).sum();
    writeln!(to, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(to, r#"<testsuites name="vipa lint" tests="{tests}" failures="{failures}" errors="0">"#)?;
    for (file, findings) in suites {
        let name = escape(&report.repository.relative(file));
        let tests = findings.len().max(1);
        let failures = findings.iter().copied().filter(failing).count();
        writeln!(to, r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0">"#)?;
        if findings.is_empty() {
            writeln!(to, r#"    <testcase name="no findings" classname="{name}"/>"#)?;
        }
        for finding in findings {
            case(finding, &name, failing(&finding), to)?;
        }
        writeln!(to, "  </testsuite>")?;
    }
    writeln!(to, "</testsuites>")
}

fn case(finding: &Finding, name: &str, fails: bool, to: &mut dyn Write) -> io::Result<()> {
    let (rule, start) = (finding.rule, finding.place.start);
    let mut text = format!("{}:{}:{} {}", finding.place.file, start.record, start.column, finding.message);
    if let Some(says) = words::stack_says(finding) {
        text.push_str(&format!("\n{says}"));
    }
    for note in &finding.notes {
        text.push_str(&format!("\nnote: {note}"));
    }
    let (record, column, text) = (start.record, start.column, escape(&text));
    writeln!(to, r#"    <testcase name="{rule} at {record}:{column}" classname="{name}" line="{record}">"#)?;
    if fails {
        let message = escape(&finding.message);
        writeln!(
            to,
            r#"      <failure type="{}" message="{message}">{text}</failure>"#,
            finding.severity.word()
        )?;
    } else {
        writeln!(to, "      <system-out>{}: {text}</system-out>", finding.severity.word())?;
    }
    writeln!(to, "    </testcase>")
}

/// XML's own five, and control characters, which XML 1.0 cannot hold at all.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}')
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
