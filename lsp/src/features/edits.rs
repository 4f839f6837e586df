//! Changes of several files, for the client: checked against the texts that they were made for, with the versions of the
//! documents that are open.

use std::collections::BTreeMap;
use std::sync::Arc;

use analysis::mend::apply;
use compiler::Snapshot;
use compiler::dataset::{Encoding, RecordForm, sequence_columns};
use compiler::finding::{Edit, Position};
use compiler::source::SourceText;
use ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use super::Cx;
use super::formatting::line_end;
use crate::positions;
use crate::uri;

/// The files that may be changed.
pub(crate) struct Files<'a> {
    /// What is open, and how the client counts.
    pub(crate) cx: &'a Cx<'a>,
    /// Their texts.
    pub(crate) snapshot: &'a Snapshot,
    /// Texts of others, which no stack reads.
    pub(crate) beside: BTreeMap<Arc<str>, Arc<SourceText>>,
}

impl Files<'_> {
    /// The text of a file of the sysplex, or of the document itself, which may lie beside it.
    fn source(&self, file: &Arc<str>) -> Option<Arc<SourceText>> {
        let document = self.cx.document.filter(|document| document.file == *file);
        let document = document.and_then(|document| document.text.clone());
        document.or_else(|| self.beside.get(file).cloned()).or_else(|| self.snapshot.source(file))
    }
}

/// Whether a file that is not open is what an editor takes it for: text in lines.
pub(crate) fn is_plain(source: &SourceText) -> bool {
    source.form.encoding == Encoding::Utf8 && matches!(source.form.records, RecordForm::Lines(_))
}

/// Edits as one change: all or none.
///
/// # Errors
/// Why they cannot be made, in words.
pub(crate) fn change(files: &Files<'_>, edits: &[&Edit]) -> Result<WorkspaceEdit, String> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&edit.place.file).or_default().push(edit);
    }
    let mut changes: Vec<(Uri, Option<i32>, Vec<TextEdit>)> = Vec::new();
    for (file, edits) in by_file {
        let path = uri::clean(file);
        let source = files.source(file).ok_or_else(|| format!("{path} is not at hand"))?;
        let version = files.cx.desk.documents.get(&path).map(|document| document.version());
        if version.is_none() && !is_plain(&source) {
            return Err(format!(
                "{} is no plain text that an editor can change: `vipa lint --fix` writes it in its own form",
                uri::name(&path)
            ));
        }
        let uri = files.cx.uri(file).ok_or_else(|| format!("{path} has no name for the editor"))?;
        changes.push((uri, version, text_edits(files, &source, edits)?));
    }
    let versioned =
        files.cx.desk.client.capabilities.workspace.as_ref().and_then(|can| can.workspace_edit.as_ref());
    if versioned.is_some_and(|can| can.document_changes == Some(true)) {
        let one = |(uri, version, edits): (Uri, Option<i32>, Vec<TextEdit>)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        let changes = changes.into_iter().map(one).collect();
        return Ok(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(changes)),
            ..WorkspaceEdit::default()
        });
    }
    let plain = changes.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
    Ok(WorkspaceEdit { changes: Some(plain), ..WorkspaceEdit::default() })
}

/// The edits of one file. They are tried on its text first; where records carry sequence numbers, whole records are put in.
fn text_edits(files: &Files<'_>, source: &SourceText, edits: Vec<&Edit>) -> Result<Vec<TextEdit>, String> {
    let encoding = files.cx.desk.client.encoding;
    let end = line_end(source);
    let range = |start: Position, end: Position| Range {
        start: positions::position(source, start.offset, encoding),
        end: positions::position(source, end.offset, encoding),
    };
    let new = apply(source, edits.clone())?;
    if sequence_columns(source).is_none() {
        let one = |edit: &Edit| TextEdit {
            range: range(edit.place.start, edit.place.end),
            new_text: edit.text.replace('\n', end),
        };
        return Ok(edits.into_iter().map(one).collect());
    }
    let (before, after) = common(&source.text, &new);
    let inner = new.get(before..new.len() - after).unwrap_or("").replace('\n', end);
    let at = |byte: usize| source.position(u32::try_from(byte).unwrap_or(u32::MAX));
    let range = range(at(before), at(source.text.len() - after));
    Ok(vec![TextEdit { range, new_text: inner }])
}

/// Bytes of the whole records that two texts have in common at their begin and their end.
fn common(old: &str, new: &str) -> (usize, usize) {
    let pairs = old.split_inclusive('\n').zip(new.split_inclusive('\n'));
    let before: usize = pairs.take_while(|(old, new)| old == new).map(|(old, _)| old.len()).sum();
    let (old, new) = (old.get(before..).unwrap_or(""), new.get(before..).unwrap_or(""));
    let mut after = 0;
    for (left, right) in old.split_inclusive('\n').rev().zip(new.split_inclusive('\n').rev()) {
        if left != right {
            break;
        }
        after += left.len();
    }
    (before, after)
}
