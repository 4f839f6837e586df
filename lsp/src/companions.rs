//! Documents that no stack reads, looked at against the sysplex that they lie in. Scenarios: lines that cannot be read, names
//! that nobody has, OBEYFILEs that are not there; and, once one was run, the expectations that it did not meet. OBEYFILEs: each is
//! checked on every stack, and what is wrong with it on several is told once.

use std::collections::BTreeMap;
use std::sync::Arc;

use analysis::obey::ObeyFiles;
use analysis::run::{Run, World, troubles};
use compiler::Snapshot;
use compiler::dataset::{FileKind, classify};
use compiler::description::FileKinds;
use compiler::finding::{self, Finding};
use compiler::source::SourceText;
use ls_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Position, Range};

use crate::bench::addresses;
use crate::disk::Disk;
use crate::documents::Documents;
use crate::features::page;
use crate::positions::{Encoding, units_of};
use crate::uri;

/// The open ones of a sysplex.
pub(crate) struct Companions {
    /// What is open.
    pub(crate) documents: Documents,
    /// Paths of those that hold scenarios.
    pub(crate) scenarios: Vec<String>,
    /// Paths of OBEYFILEs.
    pub(crate) obeyfiles: Vec<String>,
    /// Path of the description.
    pub(crate) description: String,
}

/// Whether a file may hold scenarios, by its name.
pub(crate) fn may_hold(path: &str) -> bool {
    page::scenarios(path, "").is_some()
}

impl Companions {
    /// What is wrong with each scenario.
    pub(crate) fn troubles(&self, snapshot: &Snapshot, encoding: Encoding) -> Vec<(String, Vec<Diagnostic>)> {
        if self.scenarios.is_empty() {
            return Vec::new();
        }
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
        self.scenarios.iter().filter_map(one).collect()
    }

    /// What is wrong with each OBEYFILE. A finding of every stack names none.
    pub(crate) fn findings(&self, snapshot: &Snapshot) -> Vec<(Arc<str>, Arc<SourceText>, Vec<Finding>)> {
        let disk = Disk { documents: &self.documents };
        let one = |path: &String| {
            let path: Arc<str> = Arc::from(path.as_str());
            let source = Arc::new(SourceText::new(self.documents.get(&path)?.text()));
            let findings = on_every_stack(snapshot, &path, &source, &disk);
            Some((path, source, findings))
        };
        self.obeyfiles.iter().filter_map(one).collect()
    }
}

fn on_every_stack(
    snapshot: &Snapshot,
    path: &Arc<str>,
    source: &Arc<SourceText>,
    disk: &Disk<'_>,
) -> Vec<Finding> {
    let stacks = snapshot.stacks();
    let mut merged: BTreeMap<(finding::Position, finding::Position, &str, String), Finding> = BTreeMap::new();
    for stack in &stacks {
        let files = [Arc::clone(source)];
        let Some(steps) = snapshot.obey_with(stack, &files, disk) else { continue };
        for finding in snapshot.obey_findings(stack, &steps, &[Arc::clone(path)]) {
            // What is wrong with a member is told where a stack reads it.
            if finding.place.file != *path {
                continue;
            }
            let key = (finding.place.start, finding.place.end, finding.rule, finding.message.clone());
            match merged.get_mut(&key) {
                Some(known) => known.stacks.extend(finding.stacks),
                None => {
                    merged.insert(key, finding);
                }
            }
        }
    }
    let mut findings: Vec<Finding> = merged.into_values().collect();
    for finding in findings.iter_mut().filter(|finding| finding.stacks.len() == stacks.len()) {
        finding.stacks.clear();
    }
    findings
}

/// Whether a file that no stack reads is said to be an OBEYFILE, or looks like one.
pub(crate) fn is_obeyfile(snapshot: &Snapshot, description: &str, path: &str, text: &str) -> bool {
    let folder = uri::folder(description).unwrap_or_default();
    let inside = path.strip_prefix(folder).map(|path| path.trim_start_matches('/'));
    let kinds = FileKinds::new(&snapshot.description().files);
    let said = inside.and_then(|path| kinds.kind(path));
    said.unwrap_or_else(|| classify(uri::name(path), text)) == FileKind::Obeyfile
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
