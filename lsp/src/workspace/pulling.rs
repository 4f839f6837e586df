//! The diagnostics of all files at once, for clients that ask for them: from then on nothing is pushed any more.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::mem;

use ls_types::{
    Diagnostic, FullDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use tower_lsp::jsonrpc::Error;

use super::Workspace;
use crate::owner::Reply;
use crate::uri;

/// What the client knows of files: the name of what it was told last, by path.
pub(crate) type Previous = BTreeMap<String, String>;

impl Workspace {
    /// The diagnostics of all files, once the present state has been looked at.
    pub(crate) fn pull_all(&mut self, known: &[(Uri, String)], reply: Reply<WorkspaceDiagnosticReport>) {
        let known = known.iter().map(|(uri, id)| (uri::to_path(uri), id.clone())).collect();
        self.waiting_for_all.push((known, reply));
        self.answer_for_all();
    }

    pub(super) fn answer_for_all(&mut self) {
        if self.projects.values().any(|project| !project.is_settled()) {
            return;
        }
        for (known, reply) in mem::take(&mut self.waiting_for_all) {
            if reply.is_closed() {
                continue;
            }
            let all = self.board.pulled_all(known.keys().cloned().collect());
            let items = all.into_iter().filter_map(|(path, found)| self.item(&path, found, &known)).collect();
            let _ = reply.send(Ok(WorkspaceDiagnosticReport { items }));
            // What was pushed before would be shown twice.
            let pushed = self.board.pushed();
            self.board.publish(&pushed, &self.documents, self.client.pulls, &self.out);
        }
    }

    pub(super) fn refuse_all(&mut self) {
        for (_, reply) in self.waiting_for_all.drain(..) {
            let _ = reply.send(Err(Error::request_cancelled()));
        }
    }

    fn item(
        &self,
        path: &str,
        items: Vec<Diagnostic>,
        known: &Previous,
    ) -> Option<WorkspaceDocumentDiagnosticReport> {
        let uri = self.documents.uris().of(path)?;
        let version = self.documents.get(path).map(|document| i64::from(document.version()));
        let id = name_of(&items);
        Some(if known.get(path) == Some(&id) {
            let same = UnchangedDocumentDiagnosticReport { result_id: id };
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: same,
            })
        } else {
            let full = FullDocumentDiagnosticReport { result_id: Some(id), items };
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: full,
            })
        })
    }
}

/// The same for the same diagnostics.
fn name_of(found: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(found).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
