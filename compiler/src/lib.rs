//! From data sets to findings, effective configurations and the lowered runtime model.
//!
//! Deliberately absent: file system, environment, clock, terminal. Files come through [`system::System`].
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs
)]

pub mod apply;
pub mod aspect;
pub mod cluster;
mod columns;
mod compared;
mod continued;
pub mod daemons;
pub mod dataset;
mod db;
pub mod description;
mod displayed;
pub mod distributed;
pub mod file;
pub mod finding;
pub mod fold;
pub mod homes;
pub mod include;
mod kept;
mod levels;
pub mod limits;
mod load;
mod lost;
pub mod lower;
pub mod mend;
mod merge;
pub mod name;
pub mod names;
pub mod nets;
mod network;
pub mod obey;
mod obey_findings;
mod of_stack;
pub mod once;
pub mod pace;
mod parallel;
pub mod place;
mod places;
#[cfg(test)]
#[path = "../../tests/property/mod.rs"]
mod property;
pub mod read;
pub mod report;
pub mod reserved;
pub mod rules;
pub mod running;
mod section;
pub mod setup;
mod snapshot;
pub mod source;
pub mod statements;
mod stretch;
pub mod summary;
mod suppress;
pub mod symbols;
mod syntax;
pub mod system;
pub mod table;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use load::Changed;

use dataset::{EncodingOption, RecordsOption};
pub use snapshot::{ParsedSection, Snapshot, of_one_stack, rule_names};
use system::{ReadError, System};

/// Which dialect a sysplex speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// The shipped product.
    #[default]
    Zos,
    /// The founding documents, on top of the product.
    Founding,
}

/// What the caller wants beyond what `sysplex.toml` says; `None` and empty leave it as it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `--dialect`.
    pub dialect: Option<Dialect>,
    /// `--release`, for instance `3.1`.
    pub release: Option<String>,
    /// `--select`: only these rules.
    pub select: Vec<String>,
    /// `--ignore`: not these rules.
    pub ignore: Vec<String>,
    /// `--preset`.
    pub preset: Option<description::Preset>,
    /// `--min-confidence`: not what is less sure.
    pub min_confidence: Option<finding::Confidence>,
    /// So many threads work at a time; 0 is one. What comes out is the same.
    pub threads: usize,
    /// `--encoding`.
    pub encoding: Option<EncodingOption>,
    /// `--records`.
    pub records: Option<RecordsOption>,
}

/// What to compile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Path of the `sysplex.toml`, if there is one.
    pub sysplex: Option<String>,
    /// Profiles without a description: each is a stack of its own, named after its file.
    pub profiles: Vec<String>,
}

/// What has happened to a file since the compiler last looked. Paths are as the compiler gives them, see [`Snapshot::files`]; a path that takes no
/// part is remembered for when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'c> {
    /// It is open in an editor with this text, which counts in place of the file.
    Open {
        /// Its path.
        path: &'c str,
        /// The text.
        text: &'c str,
    },
    /// It is no longer open: the file counts.
    Closed {
        /// Its path.
        path: &'c str,
    },
    /// It has changed on disk, or has come or gone.
    Disk {
        /// Its path.
        path: &'c str,
    },
}

/// The compiler with its memory: give it files, ask it questions. Asking again after a change re-does only what the
/// change touches.
#[derive(Default)]
pub struct Compiler {
    db: db::Database,
    loaded: load::Loaded,
    request: Request,
    settings: Settings,
    log: Option<Arc<Mutex<db::Log>>>,
}

impl Compiler {
    /// An empty compiler.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// An empty compiler that writes down which queries it runs: see [`Compiler::executed`].
    #[must_use]
    pub fn recording(settings: Settings) -> Self {
        let log = Arc::default();
        Self { db: db::Database::recording(Arc::clone(&log)), settings, log: Some(log), ..Self::default() }
    }

    /// The queries that really ran since the last call, for tests and benchmarks of what an edit re-does.
    #[must_use]
    pub fn executed(&self) -> Vec<String> {
        let Some(log) = &self.log else { return Vec::new() };
        log.lock().map(|mut log| std::mem::take(&mut log.executed)).unwrap_or_default()
    }

    /// The queries whose answers were given up since the last call: what nobody can ask for any more has to leave the memory.
    #[must_use]
    pub fn discarded(&self) -> Vec<String> {
        let Some(log) = &self.log else { return Vec::new() };
        log.lock().map(|mut log| std::mem::take(&mut log.discarded)).unwrap_or_default()
    }

    /// Loads a description or profiles and every file they name, INCLUDE and all.
    ///
    /// # Errors
    /// When a file of the request itself cannot be read. A file named inside is a finding instead.
    pub fn load(&mut self, system: &dyn System, request: &Request) -> Result<(), ReadError> {
        self.request = request.clone();
        self.loaded.load(&mut self.db, system, request, &self.settings, &Changed::All, None)
    }

    /// The same for a caller who asks once: what is wanted is found while the files are read, and what it takes is given up on the way. Anything
    /// else can be asked too and is read again.
    ///
    /// # Errors
    /// As [`Compiler::load`].
    pub fn load_once(
        &mut self,
        system: &dyn System,
        request: &Request,
        wanted: once::Wanted,
    ) -> Result<(), ReadError> {
        self.request = request.clone();
        self.loaded.load(&mut self.db, system, request, &self.settings, &Changed::All, Some(wanted))
    }

    /// Hears what has happened to files since the compiler last looked, all of it at once: only these files are read, and what the next
    /// question re-does is what they touch. A changed `sysplex.toml`, an INCLUDE that comes or goes, a file that was missing: all is followed.
    ///
    /// Waits until every [`Snapshot`] is dropped. A description that cannot be read any more leaves everything as it was.
    pub fn update(&mut self, system: &dyn System, changes: &[Change<'_>]) {
        let mut paths = BTreeSet::new();
        for change in changes {
            let path = match *change {
                Change::Open { path, text } => {
                    self.loaded.overlays.insert(path.to_owned(), text.to_owned());
                    path
                }
                Change::Closed { path } => {
                    self.loaded.overlays.remove(path);
                    path
                }
                Change::Disk { path } => path,
            };
            paths.insert(path.to_owned());
        }
        let request = self.request.clone();
        let _ = self.loaded.load(&mut self.db, system, &request, &self.settings, &Changed::Only(paths), None);
    }

    /// [`Compiler::update`] for one document: its text in place of the file, or None for the file again.
    pub fn set_overlay(&mut self, system: &dyn System, path: &str, text: Option<&str>) {
        let change = text.map_or(Change::Closed { path }, |text| Change::Open { path, text });
        self.update(system, &[change]);
    }

    /// [`Compiler::update`] for one file that has changed on disk, or has come or gone.
    pub fn refresh(&mut self, system: &dyn System, path: &str) {
        self.update(system, &[Change::Disk { path }]);
    }

    /// A handle to ask questions with, on this or another thread. Drop it before the next change: a change waits for it.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let mut reports = self.loaded.reports.clone();
        reports.extend(self.loaded.check_rule_names());
        Snapshot {
            db: self.db.clone(),
            files: Arc::new(self.loaded.files.clone()),
            toml: self.loaded.toml.clone(),
            description: Arc::clone(&self.loaded.description),
            once: Arc::clone(&self.loaded.once),
            reports: Arc::from(reports),
            settings: Arc::new(self.settings.clone()),
        }
    }
}
