//! What is wrong with the scenarios that are open, against the sysplex that they lie in: lines that cannot be read, names that
//! nobody has, OBEYFILEs that are not there; and, once a scenario was run, the expectations that it did not meet.

use analysis::obey::ObeyFiles;
use analysis::run::{Run, World, troubles};
use compiler::Snapshot;
use compiler::source::SourceText;
use ls_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Position, Range};

use crate::bench::addresses;
use crate::disk::Disk;
use crate::documents::Documents;
use crate::features::page;
use crate::positions::{Encoding, units_of};
use crate::uri;

/// The scenarios of a sysplex.
pub(crate) struct Scenarios {
    documents: Documents,
    paths: Vec<String>,
    description: String,
}

/// Whether a file may hold scenarios, by its name.
pub(crate) fn may_hold(path: &str) -> bool {
    page::scenarios(path, "").is_some()
}

impl Scenarios {
    /// In these documents.
    pub(crate) fn new(documents: &Documents, paths: Vec<String>, description: &str) -> Self {
        Self { documents: documents.clone(), paths, description: description.to_owned() }
    }

    /// What is wrong with each.
    pub(crate) fn check(&self, snapshot: &Snapshot, encoding: Encoding) -> Vec<(String, Vec<Diagnostic>)> {
        let disk = Disk { documents: &self.documents };
        let (model, addresses) = (snapshot.model(), addresses(snapshot));
        let one = |path: &String| {
            let text = self.documents.get(path)?.text();
            let source = SourceText::new(text);
            let near = [path.as_str(), self.description.as_str()].into_iter();
            let obey = ObeyFiles::near(snapshot, &disk, near);
            let world = World { model: &model, addresses: &addresses, obey: &obey, begin: None };
            let wrong = page::scenarios(path, text)?
                .iter()
                .flat_map(|played| troubles(&world, uri::name(path), &played.scenario))
                .map(|trouble| {
                    let place = (trouble.line, trouble.column, trouble.end_column);
                    diagnostic(&source, place, "scenario-malformed", trouble.message, encoding)
                })
                .collect();
            Some((path.clone(), wrong))
        };
        self.paths.iter().filter_map(one).collect()
    }
}

/// Expectations that were not met, in the text that was run.
pub(crate) fn failures(text: &str, runs: &[Run], encoding: Encoding) -> Vec<Diagnostic> {
    let source = SourceText::new(text);
    let failures = runs.iter().flat_map(|run| &run.failures);
    failures
        .map(|failure| {
            let place = (failure.line, failure.column, failure.end_column);
            diagnostic(&source, place, "scenario-failed", failure.message.clone(), encoding)
        })
        .collect()
}

fn diagnostic(
    source: &SourceText,
    (line, column, end_column): (u32, u32, u32),
    code: &str,
    message: String,
    encoding: Encoding,
) -> Diagnostic {
    let record = source.record(line).unwrap_or("");
    let point = |column: u32| Position {
        line: line.saturating_sub(1),
        character: units_of(record, column.saturating_sub(1), encoding),
    };
    Diagnostic {
        range: Range { start: point(column), end: point(end_column) },
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(code.to_owned())),
        source: Some("vipa".to_owned()),
        message,
        ..Diagnostic::default()
    }
}
