//! The owner's state: open documents, the sysplexes they belong to, and what the client knows of them.
//!
//! An edit changes the text of its document only. The compilers hear of it when somebody asks or the channel is empty
//! ([`Workspace::settle`]), so that a hundred edits in a row cost them one change.

mod asking;
mod homes;
mod ordering;
mod pulling;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex};

use compiler::Settings;
use compiler::pace::Pace;
use grammar::format::Kept;
use ls_types::{Diagnostic, MessageType, TextDocumentContentChangeEvent, Uri, WorkspaceDiagnosticReport};
use serde_json::Value;
use tower_lsp::jsonrpc::Error;

use crate::ahead::Edited;
use crate::answering::Question;
use crate::diagnostics::Board;
use crate::disk::Disk;
use crate::documents::{Document, Documents};
use crate::engine::Factory;
use crate::home::Role;
use crate::outbox::{HINTS, LENSES, Out, Outbox};
use crate::owner::{Reply, Threads};
use crate::project::{Project, Root};
use crate::settings::{self, ClientInfo, Hints};
use crate::uri;
use crate::worker::{Computed, Early, Task};

use pulling::Previous;

/// All that the owner owns.
pub(crate) struct Workspace {
    factory: Factory,
    threads: Threads,
    out: Outbox,
    client: Arc<ClientInfo>,
    folders: Vec<String>,
    settings: Settings,
    hints: Hints,
    /// What the formatter has for the next time.
    formatted: Arc<Mutex<Kept>>,
    documents: Documents,
    projects: BTreeMap<Root, Project>,
    board: Board,
    /// Documents whose text the compilers have not seen; also such as have been closed.
    dirty: BTreeSet<String>,
    /// Files that have changed on disk.
    changed: BTreeSet<String>,
    /// Whether a document may have another sysplex now.
    moved: bool,
    /// Whether the reading thread has a question.
    busy: bool,
    /// Files of which there may be something new to tell.
    news: BTreeSet<String>,
    /// Questions for diagnostics that wait for the reading thread.
    waiting: Vec<(String, Reply<Vec<Diagnostic>>)>,
    /// The same for the diagnostics of all files, each with what the client knows.
    waiting_for_all: Vec<(Previous, Reply<WorkspaceDiagnosticReport>)>,
    /// Questions of the editor that wait for the answering thread.
    questions: VecDeque<Box<dyn Question>>,
    /// Whether the answering thread has one.
    answering: bool,
    /// Holds findings back while it has.
    pace: Arc<Pace>,
    /// The project that a compiler is at work for.
    inside: Option<Root>,
    /// After `shutdown`: no compiler is touched any more.
    closed: bool,
}

impl Workspace {
    /// Empty.
    pub(crate) fn new(factory: Factory, threads: Threads, out: Outbox) -> Self {
        Self {
            factory,
            threads,
            out,
            client: Arc::default(),
            folders: Vec::new(),
            settings: settings::own(),
            hints: Hints::default(),
            formatted: Arc::default(),
            documents: Documents::default(),
            projects: BTreeMap::new(),
            board: Board::default(),
            dirty: BTreeSet::new(),
            changed: BTreeSet::new(),
            moved: false,
            busy: false,
            news: BTreeSet::new(),
            waiting: Vec::new(),
            waiting_for_all: Vec::new(),
            questions: VecDeque::new(),
            answering: false,
            pace: Arc::default(),
            inside: None,
            closed: false,
        }
    }

    /// The first message.
    pub(crate) fn initialize(&mut self, client: ClientInfo) {
        self.folders = client.folders.iter().map(uri::to_path).collect();
        // What is wrong with the settings is said later: no client hears anything before `initialized`.
        self.settings = client
            .options
            .as_ref()
            .and_then(|value| settings::read(value).ok())
            .unwrap_or_else(settings::own);
        self.hints = client.options.as_ref().map(Hints::read).unwrap_or_default();
        self.client = Arc::new(client);
    }
    /// The client is ready for questions.
    pub(crate) fn initialized(&mut self) {
        if let Some(Err(message)) = self.client.options.as_ref().map(settings::read) {
            self.out.log(MessageType::WARNING, message);
        }
        if self.client.watches {
            self.out.say(Out::Watch);
        }
        self.ask_settings();
    }
    /// Asks for the settings, where the client can be asked.
    fn ask_settings(&mut self) {
        if self.client.configuration {
            self.out.say(Out::Configuration);
        }
    }
    /// Settings have changed; clients that can be asked send nothing along.
    pub(crate) fn settings_changed(&mut self, value: &Value) {
        if self.client.configuration {
            self.ask_settings();
        } else {
            self.settings(value);
        }
    }
    /// New settings: all is compiled anew.
    pub(crate) fn settings(&mut self, value: &Value) {
        let hints = Hints::read(value);
        if hints != self.hints {
            self.hints = hints;
            self.ask_again();
        }
        match settings::read(value) {
            Ok(settings) if settings != self.settings => {
                self.settings = settings;
                self.projects.values_mut().for_each(|project| project.reset(true));
            }
            Ok(_) => {}
            Err(message) => self.out.log(MessageType::WARNING, message),
        }
    }
    /// Hints and lenses are not as they were, also in documents that have not been edited.
    fn ask_again(&self) {
        let Some(can) = &self.client.capabilities.workspace else { return };
        if can.inlay_hint.as_ref().is_some_and(|can| can.refresh_support == Some(true)) {
            self.out.say(Out::Again(HINTS));
        }
        if can.code_lens.as_ref().is_some_and(|can| can.refresh_support == Some(true)) {
            self.out.say(Out::Again(LENSES));
        }
    }
    /// Workspace folders come and go.
    pub(crate) fn change_folders(&mut self, added: &[Uri], removed: &[Uri]) {
        let removed: BTreeSet<String> = removed.iter().map(uri::to_path).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added.iter().map(uri::to_path));
        self.moved = true;
    }

    /// A document is opened.
    pub(crate) fn open(&mut self, uri: &Uri, text: String, version: i32) {
        let path = uri::to_path(uri);
        self.documents.open(&path, uri, Document::new(text, version));
        self.dirty.insert(path);
        self.moved = true;
    }
    /// A document is edited.
    pub(crate) fn change(&mut self, uri: &Uri, changes: Vec<TextDocumentContentChangeEvent>, version: i32) {
        let path = uri::to_path(uri);
        match self.documents.get_mut(&path) {
            Some(document) => {
                document.apply(changes, version, self.client.encoding);
                self.forget_runs(&path);
                self.dirty.insert(path);
            }
            None => {
                self.out.log(
                    MessageType::WARNING,
                    format!("a change for a file that is not open: {}", uri.as_str()),
                );
            }
        }
    }
    /// A document is closed: from now on the file counts.
    pub(crate) fn close(&mut self, uri: &Uri) {
        let path = uri::to_path(uri);
        if self.documents.close(&path) {
            self.forget_runs(&path);
            self.dirty.insert(path);
            self.moved = true;
        } else {
            self.out.log(MessageType::WARNING, format!("closed without having been open: {}", uri.as_str()));
        }
    }
    /// Files have changed on disk. Open documents are as the editor has them.
    pub(crate) fn watched(&mut self, uris: &[Uri]) {
        for uri in uris {
            let path = uri::to_path(uri);
            // Version control writes there all the time.
            if path.contains("/.git/") {
                continue;
            }
            self.moved |= Role::of(&path) == Role::Description;
            if self.documents.get(&path).is_none() {
                self.changed.insert(path);
            }
        }
    }
    /// We have written these ourselves.
    pub(crate) fn changed_by_us(&mut self, paths: Vec<String>) {
        self.changed.extend(paths);
    }
    /// The diagnostics of one file, once the present state has been looked at.
    pub(crate) fn pull(&mut self, uri: &Uri, reply: Reply<Vec<Diagnostic>>) {
        self.waiting.push((uri::to_path(uri), reply));
        self.answer_waiting();
    }
    /// The client wants no more.
    pub(crate) fn shutdown(&mut self) {
        self.closed = true;
        self.projects.clear();
        for (_, reply) in self.waiting.drain(..) {
            let _ = reply.send(Err(Error::request_cancelled()));
        }
        self.refuse_all();
        for question in self.questions.drain(..) {
            question.refuse(Error::request_cancelled());
        }
    }

    /// How many compilers there are.
    pub(crate) fn size(&self) -> usize {
        self.projects.len()
    }
    /// Tells the compilers everything they have not heard of.
    pub(crate) fn settle(&mut self) {
        if self.closed {
            return;
        }
        if mem::take(&mut self.moved) {
            self.find_descriptions();
        }
        self.tell_compilers();
        if self.find_lone_profiles() {
            self.tell_compilers();
        }
        // Answers first: who has one need not be told to ask again.
        self.answer_waiting();
        self.tell_news();
    }
    /// Gives the reading thread its next question.
    pub(crate) fn start_work(&mut self) {
        if self.closed || self.busy {
            return;
        }
        for (root, project) in &self.projects {
            self.inside = Some(root.clone());
            let question = project.question();
            self.inside = None;
            if let Some(mut view) = question {
                self.busy = true;
                view.set_pace(&self.pace);
                let _ = self.threads.tasks.send(Task {
                    root: root.clone(),
                    generation: project.generation(),
                    view,
                    uris: self.documents.uris().clone(),
                    encoding: self.client.encoding,
                    companions: project.companions(&self.documents),
                    first: project.first().filter(|_| !self.client.pulls),
                    warm: project.warm(),
                });
                return;
            }
        }
    }
    /// The reading thread knows what the stack in view says of the document that is being edited. The others follow.
    pub(crate) fn early(&mut self, early: Early) {
        let Early { root, generation, path, found } = early;
        let current = self.projects.get(&root).is_some_and(|project| project.generation() == generation);
        if !self.closed && current && self.documents.get(&path).is_some() {
            self.board.put_file(&root, &path, found);
            self.board.publish(&BTreeSet::from([path]), &self.documents, self.client.pulls, &self.out);
        }
    }
    /// The reading thread has answered. What it means for the client is said by the next [`Workspace::settle`]: a
    /// profile may have left its sysplex and be a stack of its own now.
    pub(crate) fn computed(&mut self, computed: Computed) {
        let Computed { root, generation, result } = computed;
        self.busy = false;
        if self.closed {
            return;
        }
        // An answer about an older state is of no use: the question is asked again.
        let Some(project) = self.projects.get_mut(&root).filter(|project| project.generation() == generation)
        else {
            return;
        };
        match result {
            Ok(report) => {
                project.settle(Some(&report));
                self.news.append(&mut self.board.put(&root, report.found));
                // Whoever waits for the result of an edit must hear that there is nothing to say.
                let open = project.files().filter(|path| self.documents.get(path).is_some());
                let before = self.news.len();
                self.news.extend(open.map(str::to_owned));
                if self.news.len() > before + 1 {
                    self.ask_again();
                }
            }
            Err(why) => {
                project.settle(None);
                self.out.log(MessageType::ERROR, format!("{}: internal error: {why}", root.path()));
                self.waiting.retain(|(path, _)| !project.has(path));
            }
        }
    }
    /// After a failure: the compiler it happened in is not to be trusted.
    pub(crate) fn recover(&mut self) {
        if let Some(project) = self.inside.take().and_then(|root| self.projects.get_mut(&root)) {
            project.reset(false);
        }
    }

    fn answer_waiting(&mut self) {
        for (path, reply) in mem::take(&mut self.waiting) {
            if reply.is_closed() {
                continue;
            }
            let is_open = self.projects.values().any(|project| !project.is_settled() && project.has(&path));
            if is_open {
                self.waiting.push((path, reply));
            } else {
                let _ = reply.send(Ok(self.board.pulled(&path)));
            }
        }
        self.answer_for_all();
    }

    /// Publishes, but not what is only half known: a file that passes from one sysplex to another, or takes part in
    /// several, would flicker.
    fn tell_news(&mut self) {
        let (later, now) = mem::take(&mut self.news).into_iter().partition(|path| {
            self.projects.values().any(|project| !project.is_settled() && project.has(path))
        });
        self.news = later;
        self.board.publish(&now, &self.documents, self.client.pulls, &self.out);
    }

    fn tell_compilers(&mut self) {
        let dirty = mem::take(&mut self.dirty);
        let changed = mem::take(&mut self.changed);
        self.projects.values_mut().for_each(|project| project.note(&dirty, &changed));
        let disk = Disk { documents: &self.documents };
        if !dirty.is_empty() || !changed.is_empty() {
            // A change waits for findings to give up, which they do not while they are held back.
            self.pace.hold(false);
        }
        for (root, project) in &mut self.projects {
            self.inside = Some(root.clone());
            let before = project.generation();
            if let Err(error) = project.tell(&self.factory, &self.settings, disk) {
                project.reset(false);
                self.out.log(MessageType::WARNING, error.to_string());
                self.news.append(&mut self.board.remove(root));
            } else if project.generation() != before
                && let Some(file) = project.edited()
                && let Some(view) = project.view()
            {
                // Full: it has not come to the edit before yet, and somebody else will read this one.
                let _ = self.threads.edits.try_send(Edited { view, file });
            }
            self.inside = None;
        }
        self.pace.hold(self.answering);
    }
}
