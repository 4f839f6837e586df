//! What the server asks of the compiler, as traits, so that tests can put a compiler of their own behind the server.
//!
//! Findings are asked for through [`View`]; features ask the real compiler's [`Snapshot`].

use std::sync::Arc;

use compiler::finding::Finding;
use compiler::source::SourceText;
use compiler::system::{ReadError, System};
use compiler::{Change, Compiler, Request, Settings, Snapshot};

/// A compiler with its memory, one for each sysplex. Only the owner thread holds one.
pub(crate) trait Engine: Send {
    /// See [`Compiler::load`].
    fn load(&mut self, system: &dyn System, request: &Request) -> Result<(), ReadError>;
    /// See [`Compiler::update`].
    fn update(&mut self, system: &dyn System, changes: &[Change<'_>]);
    /// See [`Compiler::snapshot`].
    fn view(&self) -> Box<dyn View>;
}

/// The compiled state at one moment. It may go to another thread, and must be dropped soon: a change waits for it.
pub(crate) trait View: Send {
    /// See [`Snapshot::findings`].
    fn findings(&self) -> Arc<[Finding]>;
    /// See [`Snapshot::files`].
    fn files(&self) -> Vec<Arc<str>>;
    /// See [`Snapshot::source`].
    fn source(&self, path: &str) -> Option<Arc<SourceText>>;
    /// Whether several stacks read a file.
    fn is_shared(&self, _: &str) -> bool {
        false
    }
    /// The real compiler's state; none for that of a test.
    fn snapshot(&self) -> Option<&Snapshot>;
}

/// Makes a compiler for one more sysplex.
pub(crate) type Factory = Box<dyn Fn(Settings) -> Box<dyn Engine> + Send>;

/// The real one.
pub(crate) fn real() -> Factory {
    Box::new(|settings| Box::new(Compiler::new(settings)))
}

impl Engine for Compiler {
    fn load(&mut self, system: &dyn System, request: &Request) -> Result<(), ReadError> {
        Compiler::load(self, system, request)
    }
    fn update(&mut self, system: &dyn System, changes: &[Change<'_>]) {
        Compiler::update(self, system, changes);
    }
    fn view(&self) -> Box<dyn View> {
        Box::new(self.snapshot())
    }
}

impl View for Snapshot {
    fn findings(&self) -> Arc<[Finding]> {
        Snapshot::findings(self)
    }
    fn files(&self) -> Vec<Arc<str>> {
        Snapshot::files(self)
    }
    fn source(&self, path: &str) -> Option<Arc<SourceText>> {
        Snapshot::source(self, path)
    }
    fn is_shared(&self, path: &str) -> bool {
        Snapshot::is_shared(self, path)
    }
    fn snapshot(&self) -> Option<&Snapshot> {
        Some(self)
    }
}
