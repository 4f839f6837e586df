//! Tables for a comment on a change: the sum, then a table a file.

use std::io::{self, Write};

use compiler::finding::Finding;

use super::{Report, words};

/// Writes the document.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "{}", report.summary())?;
    let mut file = "";
    for finding in &report.findings {
        if *finding.place.file != *file {
            file = &finding.place.file;
            writeln!(to, "\n**{}**\n", cell(&report.repository.relative(file)))?;
            writeln!(to, "| Place | Level | Rule | Finding |\n| --- | --- | --- | --- |")?;
        }
        let start = finding.place.start;
        let rule = match words::rule_url(finding.rule) {
            Some(url) => format!("[{}]({url})", finding.rule),
            None => finding.rule.to_owned(),
        };
        let (level, text) = (finding.severity.word(), text(finding));
        writeln!(to, "| {}:{} | {level} | {rule} | {text} |", start.record, start.column)?;
    }
    Ok(())
}

fn text(finding: &Finding) -> String {
    let mut text = cell(&finding.message);
    if let Some(says) = words::stack_says(finding) {
        text.push_str(&format!("<br>{}", cell(&says)));
    }
    for related in &finding.related {
        let place = &related.place;
        let says = cell(&related.message);
        text.push_str(&format!("<br>{} at {}:{}", says, cell(&place.file), place.start.record));
    }
    for note in &finding.notes {
        text.push_str(&format!("<br>{}", cell(note)));
    }
    text
}

/// Keeps what stands in profiles (`*`, `_`, `|`, `<`) from being read as markup.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                cell.push('\\');
                cell.push(character);
            }
            '\n' => cell.push_str("<br>"),
            _ if character.is_control() => cell.push('\u{fffd}'),
            _ => cell.push(character),
        }
    }
    cell
}
