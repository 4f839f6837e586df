//! Annotations of GitHub Actions: workflow commands on standard output.

use std::io::{self, Write};

use compiler::finding::Severity;

use super::{Report, words};

/// Writes one workflow command a finding.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (start, end) = (finding.place.start, finding.place.end);
        let file = report.repository.relative(&finding.place.file);
        write!(to, "::{command} title=vipa ({}),file={}", finding.rule, property(&file))?;
        write!(to, ",line={},endLine={}", start.record, end.record)?;
        // The service refuses columns of an annotation over several lines.
        if start.record == end.record {
            write!(to, ",col={},endColumn={}", start.column, end.column)?;
        }
        let mut text = finding.message.clone();
        if let Some(says) = words::stack_says(finding) {
            text.push_str(&format!("\n{says}"));
        }
        for note in &finding.notes {
            text.push('\n');
            text.push_str(note);
        }
        writeln!(to, "::{}", data(&text))?;
    }
    Ok(())
}

/// The escapes that the runner's command parser undoes in a message.
fn data(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(words::visible).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// And those in a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
