//! One line a finding: `file:record:column severity[rule] message`. Made for grep and for editors' error lists.

use std::io::{self, Write};

use super::{Report, style, words};

/// Writes one line a finding.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, colour: bool, to: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let place = &finding.place;
        let level = format!("{}[{}]", finding.severity.word(), finding.rule);
        writeln!(
            to,
            "{}:{}:{} {} {}",
            words::visible(&place.file),
            place.start.record,
            place.start.column,
            style::paint(style::of(finding.severity), colour, &level),
            words::visible(&finding.message),
        )?;
    }
    Ok(())
}
