//! The owner's side of questions: which state each is asked of, and what becomes of those that an edit has overtaken.

use std::sync::Arc;

use compiler::source::SourceText;
use ls_types::{MessageType, Uri};
use tower_lsp::jsonrpc::{Error, ErrorCode};

use super::Workspace;
use crate::answering::{Failed, Question, Task};
use crate::disk::Disk;
use crate::features::{Desk, Document, Scope, Sight};
use crate::home;
use crate::project::{Project, Root};
use crate::uri;

impl Workspace {
    /// The editor asks. All edits before the question have been told to the compilers.
    pub(crate) fn ask(&mut self, question: Box<dyn Question>) {
        if self.closed {
            question.refuse(Error::request_cancelled());
            return;
        }
        self.questions.push_back(question);
        self.start_answer();
    }
    /// The answering thread is idle again.
    pub(crate) fn answered(&mut self, failed: Option<Failed>) {
        self.answering = false;
        if let Some(failed) = failed {
            self.failed(failed);
        }
        self.start_answer();
    }
    fn failed(&mut self, failed: Failed) {
        let Failed { question, states, reason } = failed;
        if self.closed || question.is_taken_back() {
            question.refuse(Error::request_cancelled());
            return;
        }
        let same = |(root, generation): &(Root, u64)| {
            self.projects.get(root).is_some_and(|project| project.generation() == *generation)
        };
        if states.iter().all(same) {
            self.out.log(MessageType::ERROR, format!("{}: internal error: {reason}", question.method()));
            question.refuse(Error::internal_error());
        } else if self.client.stale {
            // The client asks again by itself, or does not care any more.
            question.refuse(Error::new(ErrorCode::ContentModified));
        } else {
            self.questions.push_front(question);
        }
    }
    /// Gives the answering thread its next question.
    fn start_answer(&mut self) {
        while !self.answering {
            let Some(question) = self.questions.pop_front() else { break };
            if question.is_taken_back() {
                continue;
            }
            let (document, roots) = match question.scope() {
                Scope::Document(uri) => {
                    let (document, root) = self.document(&uri);
                    let around = self.around(&document.path).filter(|around| root.as_ref() != Some(around));
                    (Some(document), root.into_iter().chain(around).collect())
                }
                Scope::Workspace => (None, self.projects.keys().cloned().collect::<Vec<_>>()),
            };
            let sights = roots
                .into_iter()
                .filter_map(|root| {
                    let project = self.projects.get(&root)?;
                    self.inside = Some(root.clone());
                    Some(Sight {
                        generation: project.generation(),
                        view: project.view()?,
                        findings: project.findings(),
                        root,
                    })
                })
                .collect();
            self.inside = None;
            let desk = Desk {
                client: Arc::clone(&self.client),
                documents: self.documents.clone(),
                hints: self.hints,
                formatted: Arc::clone(&self.formatted),
            };
            self.answering = self.threads.answers.send(Task { question, sights, document, desk }).is_ok();
        }
        self.pace.hold(self.answering);
    }
    /// The document of a URI, and the sysplex that it belongs to.
    fn document(&self, uri: &Uri) -> (Document, Option<Root>) {
        let path = uri::to_path(uri);
        let root = self.root_of(&path);
        let project = root.as_ref().and_then(|root| self.projects.get(root));
        let file =
            project.and_then(|project| project.theirs(&path)).unwrap_or_else(|| Arc::from(path.as_str()));
        let view = project.and_then(Project::view);
        let text = view
            .and_then(|view| view.source(&file))
            .or_else(|| self.documents.get(&path).map(|document| Arc::new(SourceText::new(document.text()))));
        (Document { path, file, text }, root)
    }
    /// The sysplex whose description lies nearest, whether the file takes part or not.
    pub(super) fn around(&self, path: &str) -> Option<Root> {
        home::description(path, &self.folders, &Disk { documents: &self.documents })
            .map(Root::Description)
            .filter(|root| self.projects.contains_key(root))
    }
    /// The sysplex of a file: the one whose description lies nearest, if the file takes part; else any that it takes
    /// part in; else the nearest.
    fn root_of(&self, path: &str) -> Option<Root> {
        let nearest = self.around(path);
        let takes_part = |root: &Root| self.projects.get(root).is_some_and(|project| project.has(path));
        // A change may have brought it in of which no findings are known yet.
        let is_new = |root: &Root| {
            let view = self.projects.get(root).and_then(Project::view);
            view.is_some_and(|view| view.source(path).is_some())
        };
        if nearest.as_ref().is_some_and(|root| takes_part(root) || is_new(root)) {
            return nearest;
        }
        self.projects.keys().find(|root| takes_part(root)).cloned().or(nearest)
    }
}
