//! What the server asks of the compiler, as traits, so that tests can put a compiler of their own behind the server.
//!
//! Findings are asked for through [`View`]; features ask the real compiler's [`Snapshot`].

use std::sync::Arc;

use compiler::finding::Finding;
use compiler::pace::Pace;
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
    /// From now on others go first.
    fn set_pace(&mut self, _: &Arc<Pace>) {}
    /// The first of the stacks that read a file, if there are more than so many, and its own findings.
    fn findings_of_first(&self, _file: &str, _more_than: usize) -> Option<(String, Arc<[Finding]>)> {
        None
    }
    /// See [`Snapshot::ahead`].
    fn ahead(&self, _file: &str) {}
    /// Has found what will be asked for next.
    fn warm(&self) {}
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
    fn set_pace(&mut self, pace: &Arc<Pace>) {
        Snapshot::set_pace(self, Arc::clone(pace));
    }
    fn findings_of_first(&self, file: &str, more_than: usize) -> Option<(String, Arc<[Finding]>)> {
        let stacks = self.stacks_of(file);
        let stack = stacks.first().filter(|_| stacks.len() > more_than)?;
        Some((stack.clone(), self.findings_of_stack(stack)))
    }
    fn ahead(&self, file: &str) {
        Snapshot::ahead(self, file);
    }
    fn warm(&self) {
        Snapshot::warm(self);
    }
    fn snapshot(&self) -> Option<&Snapshot> {
        Some(self)
    }
}
