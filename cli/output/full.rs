//! Findings with the source they speak of, for people.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Level};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{Chars, Config, emit_to_write_style};
use compiler::finding::{Applicability, Confidence, Edit, Finding, Fix, Place, Severity};
use compiler::source::SourceText;

use super::style::Styled;
use super::{Report, places, preview, words, wrap};

/// Longest preview of a fix, in records.
const PREVIEW: usize = 6;

/// So many findings of one rule are shown in full; the rest is counted.
const OF_ONE_RULE: usize = 50;

/// What stands before a note at least: blanks, ` = `, and the same as a margin on the right.
const NOTE_MARGIN: usize = 8;

/// Writes every finding; the summary is the caller's.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, colour: bool, to: &mut dyn Write) -> io::Result<()> {
    let table = Table::new(report);
    // ASCII: the same on every terminal, in logs and on a host.
    let config = Config { chars: Chars::ascii(), tab_width: 8, ..Config::default() };
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        let number = shown.entry(finding.rule).or_default();
        *number += 1;
        if *number > OF_ONE_RULE {
            continue;
        }
        let diagnostic = table.diagnostic(finding);
        let mut styled = Styled::new(to, colour, finding.severity);
        match emit_to_write_style(&mut styled, &config, &table, &diagnostic) {
            Ok(()) => {}
            Err(Error::Io(error)) => return Err(error),
            Err(other) => return Err(io::Error::other(other)),
        }
    }
    for (rule, number) in shown.into_iter().filter(|(_, number)| *number > OF_ONE_RULE) {
        writeln!(
            to,
            "[{rule}] {} more of {number} are not shown; `--select {rule} --format concise` lists them.\n",
            number - OF_ONE_RULE
        )?;
    }
    Ok(())
}

/// The texts of a report, by number.
struct Table<'a> {
    names: Vec<&'a str>,
    texts: Vec<Option<&'a SourceText>>,
    numbers: BTreeMap<&'a str, usize>,
    columns: Option<usize>,
}

impl<'a> Table<'a> {
    fn new(report: &'a Report) -> Self {
        let mut table = Self {
            names: Vec::new(),
            texts: Vec::new(),
            numbers: BTreeMap::new(),
            columns: report.columns.map(|columns| columns.saturating_sub(NOTE_MARGIN)),
        };
        for finding in &report.findings {
            for place in places(finding) {
                if !table.numbers.contains_key(&*place.file) {
                    table.numbers.insert(&place.file, table.names.len());
                    table.names.push(&place.file);
                    table.texts.push(report.sources.get(&place.file).map(Arc::as_ref));
                }
            }
        }
        table
    }

    fn diagnostic(&self, finding: &Finding) -> Diagnostic<usize> {
        let level = match finding.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Note,
        };
        let mut labels: Vec<Label<usize>> = Vec::new();
        labels.extend(
            self.span(&finding.place)
                .map(|(file, range)| Label::primary(file, range).with_message(&finding.label)),
        );
        // Blocks come in the order of the labels: primary first, or the headline would name another file.
        let mut related: Vec<_> = finding.related.iter().collect();
        related.sort_by_key(|related| &related.place);
        labels.extend(related.into_iter().filter_map(|related| {
            let (file, range) = self.span(&related.place)?;
            Some(Label::secondary(file, range).with_message(&related.message))
        }));
        Diagnostic::new(level)
            .with_code(finding.rule)
            .with_message(&finding.message)
            .with_labels(labels)
            .with_notes(self.notes(finding))
    }

    /// Offsets of a place, kept inside the text whatever the finding says.
    fn span(&self, place: &Place) -> Option<(usize, Range<usize>)> {
        let number = *self.numbers.get(&*place.file)?;
        let text = self.text(number).ok()?;
        let start = floor(text, place.start.offset as usize);
        Some((number, start..floor(text, place.end.offset as usize).max(start)))
    }

    fn text(&self, number: usize) -> Result<&'a str, Error> {
        match self.texts.get(number) {
            Some(Some(source)) => Ok(&source.text),
            Some(None) => Ok(""),
            None => Err(Error::FileMissing),
        }
    }

    fn notes(&self, finding: &Finding) -> Vec<String> {
        let mut notes: Vec<String> = words::stack_says(finding).into_iter().collect();
        notes.extend(finding.notes.iter().map(|note| format!("note: {note}")));
        match finding.confidence {
            Confidence::Documented => {}
            Confidence::Inferred => notes.push("confidence: inferred from what is documented".to_owned()),
            Confidence::Unconfirmed => {
                notes.push("confidence: unconfirmed, no source could be read for it".to_owned())
            }
        }
        if !finding.assumptions.is_empty() {
            notes.push(format!("assumes: {}", finding.assumptions.join(", ")));
        }
        let mut notes: Vec<String> =
            notes.into_iter().map(|note| wrap::to_columns(&note, self.columns)).collect();
        notes.extend(finding.fixes.iter().map(|fix| self.help(fix, finding)));
        notes
    }

    /// A fix: what it does, then the records as they are and as they would be.
    fn help(&self, fix: &Fix, finding: &Finding) -> String {
        let caution = match fix.applicability {
            Applicability::Safe => "",
            Applicability::Unsafe => " (changes what the stack does)",
            Applicability::Display => " (a sketch, to be completed)",
        };
        let mut help = format!("help: {}{caution}", fix.title);
        let mut lines = Vec::new();
        let mut files: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
        for edit in &fix.edits {
            files.entry(&edit.place.file).or_default().push(edit);
        }
        for (file, edits) in files {
            if *file != *finding.place.file {
                lines.push(format!("in {file}:"));
            }
            let mut text = "";
            let replacements = edits.into_iter().filter_map(|edit| {
                let (number, range) = self.span(&edit.place)?;
                text = self.text(number).unwrap_or_default();
                Some((range, edit.text.as_str()))
            });
            let replacements = replacements.collect();
            lines.extend(preview::lines(text, replacements));
        }
        let more = lines.len().saturating_sub(PREVIEW);
        if more > 1 {
            lines.truncate(PREVIEW);
            lines.push(format!("... and {more} more lines"));
        }
        for line in lines {
            help.push('\n');
            help.push_str(&line);
        }
        help
    }
}

/// The next character boundary at or below an offset, inside the text.
fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

impl<'a> Files<'a> for Table<'_> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.names.get(id).copied().ok_or(Error::FileMissing)
    }
    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.text(id)
    }
    fn line_index(&'a self, id: usize, offset: usize) -> Result<usize, Error> {
        Ok(self.starts(id)?.partition_point(|start| *start as usize <= offset).saturating_sub(1))
    }
    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let starts = self.starts(id)?;
        let max = starts.len() - 1;
        let start = starts.get(line).ok_or(Error::LineTooLarge { given: line, max })?;
        let end = starts.get(line + 1).map_or(self.text(id)?.len(), |next| *next as usize);
        Ok(*start as usize..end)
    }
}

impl<'a> Table<'a> {
    fn starts(&self, number: usize) -> Result<&'a [u32], Error> {
        match self.texts.get(number) {
            Some(Some(source)) => Ok(source.record_starts()),
            Some(None) => Ok(&[0]),
            None => Err(Error::FileMissing),
        }
    }
}
