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

pub mod dataset;
pub mod description;
pub mod finding;
pub mod source;
pub mod system;

use std::sync::Arc;

use finding::Finding;
use source::SourceText;
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
}

/// What to compile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Path of the `sysplex.toml`, if there is one.
    pub sysplex: Option<String>,
    /// Profiles without a description: each is a stack of its own, named after its file.
    pub profiles: Vec<String>,
}

/// The compiler with its memory: give it files, ask it questions. Asking again after a change re-does only what the change touches.
pub struct Compiler {}

impl Compiler {
    /// An empty compiler.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let _ = settings;
        Self {}
    }
    /// Loads a description or profiles and every file they name, INCLUDE and all.
    ///
    /// # Errors
    /// When a file of the request itself cannot be read. A file named inside is a finding instead.
    pub fn load(&mut self, system: &dyn System, request: &Request) -> Result<(), ReadError> {
        let _ = (system, request);
        Ok(())
    }
    /// Sets the text of an open document in place of the file (None: the file again), and follows what it includes.
    pub fn set_overlay(&mut self, system: &dyn System, path: &str, text: Option<&str>) {
        let _ = (system, path, text);
    }
    /// Reads a file again that has changed on disk.
    pub fn refresh(&mut self, system: &dyn System, path: &str) {
        let _ = (system, path);
    }
    /// A handle to ask questions with, on this or another thread. Drop it before the next change: a change waits for it.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {}
    }
}

/// The compiled state at one moment.
#[derive(Clone)]
pub struct Snapshot {}

impl Snapshot {
    /// Every finding, sorted by file and place, levels and suppressions applied.
    #[must_use]
    pub fn findings(&self) -> Arc<[Finding]> {
        Arc::from([])
    }
    /// Paths of all files that take part, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<Arc<str>> {
        Vec::new()
    }
    /// Decoded text of a file that takes part.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<Arc<SourceText>> {
        let _ = path;
        None
    }
    /// Names of the stacks, in the order of the description.
    #[must_use]
    pub fn stacks(&self) -> Vec<String> {
        Vec::new()
    }
    /// The lowered runtime model.
    #[must_use]
    pub fn model(&self) -> Arc<runtime_model::model::Model> {
        Arc::new(runtime_model::model::Model {
            schema_version: runtime_model::model::SCHEMA_VERSION.to_owned(),
            sysplex: String::new(),
            tables: runtime_model::model::Tables::Product,
            structures: runtime_model::model::Structures::default(),
            assumptions: std::collections::BTreeMap::new(),
            stacks: Vec::new(),
            jobs: Vec::new(),
        })
    }
}
