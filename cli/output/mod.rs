//! One renderer a file, all from the same findings. Renderers write what they are given, in its order.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use compiler::finding::{Finding, Place, Severity};
use compiler::source::SourceText;

use crate::args::{FailLevel, Format};
use crate::paths::Repository;

pub mod concise;
pub mod console;
pub mod diff;
pub mod fingerprint;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod preview;
pub mod sarif;
pub mod statistics;
pub mod style;
pub mod words;
pub mod wrap;

/// Everything that a renderer may say.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by file and place.
    pub findings: Vec<Finding>,
    /// Decoded text of the files that findings name.
    pub sources: BTreeMap<Arc<str>, Arc<SourceText>>,
    /// Paths of all files that took part, sorted.
    pub files: Vec<Arc<str>>,
    /// Names of all stacks, in the order of the description.
    pub stacks: Vec<String>,
    /// For the formats whose paths count from the root of the repository.
    pub repository: Repository,
    /// What counts as failure.
    pub fail_level: FailLevel,
    /// Width to which notes are wrapped; none where nobody looks at a terminal.
    pub columns: Option<usize>,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The rest.
    pub infos: usize,
}

impl Report {
    /// Counts the findings.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
        }
        counts
    }
    /// Whether the command fails because of what was found.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| self.fail_level.is_reached_by(finding.severity))
    }
    /// One line for people: how much was found in how much.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = self.counts();
        let looked_at = format!(
            "{}, {}",
            words::count(self.files.len(), "file"),
            words::count(self.stacks.len(), "stack")
        );
        let found: Vec<String> =
            [(counts.errors, "error"), (counts.warnings, "warning"), (counts.infos, "info")]
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, word)| words::count(number, word))
                .collect();
        if found.is_empty() {
            format!("No findings ({looked_at}).")
        } else {
            format!("Found {} ({looked_at}).", words::list(&found))
        }
    }
}

/// Writes a report in a format.
///
/// # Errors
/// When the writer fails.
pub fn write(format: Format, report: &Report, colour: bool, to: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Full => full::write(report, colour, to),
        Format::Concise => concise::write(report, colour, to),
        Format::Json => json::write(report, to),
        Format::JsonLines => json::write_lines(report, to),
        Format::Sarif => sarif::write(report, to),
        Format::Github => github::write(report, to),
        Format::Gitlab => gitlab::write(report, to),
        Format::Junit => junit::write(report, to),
        Format::Markdown => markdown::write(report, to),
        Format::Console => console::write(report, to),
    }
}

/// Every place that a finding names.
pub fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    std::iter::once(&finding.place)
        .chain(finding.related.iter().map(|related| &related.place))
        .chain(finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| &edit.place)))
}

/// Gives every place of a finding another file name.
pub fn rename(finding: &mut Finding, name: &dyn Fn(&Arc<str>) -> Arc<str>) {
    finding.place.file = name(&finding.place.file);
    for related in &mut finding.related {
        related.place.file = name(&related.place.file);
    }
    for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.place.file = name(&edit.place.file);
    }
}

/// Writes a value as indented JSON with a final line end.
fn write_json(value: &impl serde::Serialize, to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, value).map_err(io::Error::from)?;
    writeln!(to)
}
