//! One sysplex, or one profile that stands alone: its compiler and where that compiler is.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use compiler::finding::Finding;
use compiler::system::ReadError;
use compiler::{Change, Request, Settings};

use crate::companions::{self, Companions};
use crate::diagnostics::{First, Report};
use crate::disk::Disk;
use crate::documents::Documents;
use crate::engine::{Engine, Factory, View};
use crate::uri;

/// What a project starts from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// A `sysplex.toml`.
    Description(String),
    /// A profile that is its own stack.
    Profile(String),
}

impl Root {
    /// The file.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Description(path) | Self::Profile(path) => path,
        }
    }
    fn request(&self) -> Request {
        match self {
            Self::Description(path) => Request { sysplex: Some(path.clone()), profiles: Vec::new() },
            Self::Profile(path) => Request { sysplex: None, profiles: vec![path.clone()] },
        }
    }
}

/// A compiler and its state.
pub(crate) struct Project {
    root: Root,
    /// None before the first load, and after a failure.
    engine: Option<Box<dyn Engine>>,
    /// Files that take part: our form of the path, and the compiler's.
    files: BTreeMap<String, Arc<str>>,
    /// Documents whose text the compiler has been given in place of the file.
    told: BTreeSet<String>,
    /// Documents whose text the compiler has not seen, in whatever order; also such as have been closed.
    dirty: BTreeSet<String>,
    /// Files that have changed on disk.
    changed: BTreeSet<String>,
    /// Open documents with scenarios that lie in it.
    scenarios: BTreeSet<String>,
    /// Open OBEYFILEs that lie in it.
    obeyfiles: BTreeSet<String>,
    /// Counts the changes.
    generation: u64,
    /// The generation that a load was last tried at.
    tried: Option<u64>,
    /// The generation whose findings are known, or known not to be had.
    settled: Option<u64>,
    /// The findings of the generation that is settled.
    findings: Option<Arc<[Finding]>>,
    /// The document whose text the compiler was given last.
    edited: Option<String>,
    /// See [`Project::warm`].
    warm: Arc<AtomicBool>,
}

impl Project {
    /// Not loaded yet.
    pub(crate) fn new(root: Root) -> Self {
        Self {
            root,
            engine: None,
            files: BTreeMap::new(),
            told: BTreeSet::new(),
            dirty: BTreeSet::new(),
            changed: BTreeSet::new(),
            scenarios: BTreeSet::new(),
            obeyfiles: BTreeSet::new(),
            generation: 0,
            tried: None,
            settled: None,
            findings: None,
            edited: None,
            warm: Arc::default(),
        }
    }
    /// The number of its state.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }
    /// Whether the file takes part.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.reads(path) || self.scenarios.contains(path) || self.obeyfiles.contains(path)
    }
    /// Whether the file is the root, or one that a stack reads.
    pub(crate) fn reads(&self, path: &str) -> bool {
        self.root.path() == path || self.files.contains_key(path)
    }
    /// Whether the findings of the present state are known.
    pub(crate) fn is_settled(&self) -> bool {
        self.settled == Some(self.generation)
    }
    /// Files that take part, our form, and the root whether it does or not.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        let root = self.root.path();
        let files = self.files.keys().chain(&self.scenarios).chain(&self.obeyfiles).map(String::as_str);
        files.filter(move |path| *path != root).chain(std::iter::once(root))
    }
    fn load(&mut self, factory: &Factory, settings: &Settings, disk: Disk<'_>) -> Result<(), ReadError> {
        self.tried = Some(self.generation);
        let mut engine = factory(settings.clone());
        engine.load(&disk, &self.root.request())?;
        self.name_files(&engine.view().files());
        self.told.clear();
        // What is open has been read as bytes and decoded; its text needs no guess.
        let mut changes = Vec::new();
        for (path, theirs) in &self.files {
            if let Some(document) = disk.documents.get(path) {
                changes.push(Change::Open { path: theirs, text: document.text() });
                self.told.insert(path.clone());
            }
        }
        if !changes.is_empty() {
            engine.update(&disk, &changes);
        }
        self.engine = Some(engine);
        self.warm = Arc::default();
        Ok(())
    }
    /// Notes what the compiler must hear of, with the next [`Project::tell`].
    pub(crate) fn note(&mut self, dirty: &BTreeSet<String>, changed: &BTreeSet<String>) {
        self.dirty.extend(dirty.iter().cloned());
        let home = uri::folder(self.root.path());
        for path in changed {
            // A new file may be one that an INCLUDE has been missing.
            if home.is_some_and(|folder| uri::within(path, folder)) || self.has(path) {
                self.changed.insert(path.clone());
            }
        }
    }
    /// Tells the compiler what was noted; loads where there is none. What is noted is taken off the list first, so
    /// that a compiler that fails at it does not meet it again at every turn.
    pub(crate) fn tell(
        &mut self,
        factory: &Factory,
        settings: &Settings,
        disk: Disk<'_>,
    ) -> Result<(), ReadError> {
        let mut changes: Vec<(String, Option<&str>, bool)> = Vec::new();
        let mut open = !self.is_settled();
        for path in mem::take(&mut self.dirty) {
            // As long as findings are open, an edit may have brought an INCLUDE that `files` does not know yet. And what
            // the compiler was told once it remembers, also while the file takes no part.
            if !self.has(&path) && !open && !self.told.contains(&path) {
                continue;
            }
            open = true;
            let text = disk.documents.get(&path).map(|document| document.text());
            match text {
                Some(_) => {
                    self.edited = Some(path.clone());
                    self.told.insert(path.clone())
                }
                None => self.told.remove(&path),
            };
            changes.push((path, text, false));
        }
        changes.extend(mem::take(&mut self.changed).into_iter().map(|path| (path, None, true)));
        if !changes.is_empty() {
            self.generation += 1;
            let theirs = |path: &str| self.files.get(path).map_or_else(|| Arc::from(path), Arc::clone);
            let changes: Vec<(Arc<str>, Option<&str>, bool)> =
                changes.iter().map(|(path, text, disk)| (theirs(path), *text, *disk)).collect();
            let changes: Vec<Change<'_>> = changes
                .iter()
                .map(|(path, text, on_disk)| match text {
                    Some(text) => Change::Open { path, text },
                    None if *on_disk => Change::Disk { path },
                    None => Change::Closed { path },
                })
                .collect();
            if let Some(engine) = &mut self.engine {
                engine.update(&disk, &changes);
            }
        }
        if self.engine.is_none() && self.tried != Some(self.generation) {
            self.load(factory, settings, disk)?;
        }
        Ok(())
    }
    /// Forgets the compiler, for instance after it has failed in the middle of a change. With `again`, the next
    /// chance is taken to load; else the next change is waited for.
    pub(crate) fn reset(&mut self, again: bool) {
        self.engine = None;
        if again {
            self.generation += 1;
        } else {
            self.tried = Some(self.generation);
            self.settled = Some(self.generation);
        }
    }
    /// The state, if there is one.
    pub(crate) fn view(&self) -> Option<Box<dyn View>> {
        self.engine.as_ref().map(|engine| engine.view())
    }
    /// The compiler's form of a path, if the file takes part.
    pub(crate) fn theirs(&self, path: &str) -> Option<Arc<str>> {
        self.files.get(path).cloned()
    }
    /// The state, if there is one whose findings are not known.
    pub(crate) fn question(&self) -> Option<Box<dyn View>> {
        if self.is_settled() { None } else { self.view() }
    }
    /// The findings of the present state, if they are known.
    pub(crate) fn findings(&self) -> Option<Arc<[Finding]>> {
        self.findings.clone().filter(|_| self.is_settled())
    }
    /// Whether its compiler has found what will be asked for next. For the reading thread to say.
    pub(crate) fn warm(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.warm)
    }
    /// The document that is being edited, as the compiler calls it.
    pub(crate) fn edited(&self) -> Option<Arc<str>> {
        self.theirs(self.edited.as_ref()?)
    }
    /// The document that is being edited, if there is something to compare it with.
    pub(crate) fn first(&self) -> Option<First> {
        let path = self.edited.clone()?;
        Some(First { file: self.theirs(&path)?, known: self.findings.clone()?, path })
    }
    /// These documents hold scenarios for it. Their edits count as those of its files.
    pub(crate) fn play(&mut self, scenarios: BTreeSet<String>) {
        self.scenarios = scenarios;
    }
    /// These documents are OBEYFILEs for it.
    pub(crate) fn obey(&mut self, obeyfiles: BTreeSet<String>) {
        if self.obeyfiles != obeyfiles {
            self.obeyfiles = obeyfiles;
            self.generation += 1;
        }
    }
    /// Whether a document that no stack reads is an OBEYFILE for it.
    pub(crate) fn is_obeyfile(&self, path: &str, text: &str) -> bool {
        let view = self.view();
        let snapshot = view.as_ref().and_then(|view| view.snapshot());
        snapshot.is_some_and(|snapshot| companions::is_obeyfile(snapshot, self.root.path(), path, text))
    }
    /// The documents that are looked at beside its files, if there are any.
    pub(crate) fn companions(&self, documents: &Documents) -> Option<Companions> {
        let some = !self.scenarios.is_empty() || !self.obeyfiles.is_empty();
        some.then(|| Companions {
            documents: documents.clone(),
            scenarios: self.scenarios.iter().cloned().collect(),
            obeyfiles: self.obeyfiles.iter().cloned().collect(),
            description: self.root.path().to_owned(),
        })
    }
    /// The findings of the present state are known; these files take part.
    pub(crate) fn settle(&mut self, report: Option<&Report>) {
        self.settled = Some(self.generation);
        self.findings = None;
        if let Some(report) = report {
            self.name_files(&report.files);
            self.findings = Some(Arc::clone(&report.findings));
        }
    }
    fn name_files(&mut self, files: &[Arc<str>]) {
        self.files = files.iter().map(|theirs| (uri::clean(theirs), theirs.clone())).collect();
    }
}
