//! What a case is put to: the compiler and the command, or something simpler in the runner's own tests.

use std::sync::Arc;

use compiler::finding::Finding;
use compiler::once::Wanted;
use compiler::system::{MemorySystem, PathKind, ReadError, System};
use compiler::{Compiler, Request, Settings, Snapshot};
use serde_json::Value;
use vipa::world::{Files, World};

use super::assertion::Seen;

/// Compiles files and runs commands on them.
pub trait Engine {
    /// The findings, and the paths of the files that took part.
    ///
    /// # Errors
    /// In words, when a file of the request cannot be read.
    fn compile(
        &self,
        files: &MemorySystem,
        request: &Request,
        settings: &Settings,
    ) -> Result<Compiled, String>;
    /// Puts data sets onto stacks of what is compiled, in order.
    ///
    /// # Errors
    /// In words, when there is no such stack.
    fn obey(
        &self,
        files: &MemorySystem,
        request: &Request,
        settings: &Settings,
        steps: &[Step<'_>],
    ) -> Result<Vec<Obeyed>, String>;
    /// A command line without the program's name, in the folder of the files.
    fn command(&self, files: &MemorySystem, words: &[String]) -> Ended;
}

/// What a compilation gives.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Sorted by file and place.
    pub findings: Arc<[Finding]>,
    /// Sorted.
    pub files: Vec<Arc<str>>,
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code.
    pub code: u8,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// A data set for VARY OBEYFILE.
#[derive(Clone, Copy, Debug)]
pub struct Step<'s> {
    /// The stack; none where there is only one.
    pub stack: Option<&'s str>,
    /// What the data set is called.
    pub path: &'s str,
    /// Its text.
    pub text: &'s str,
}

/// What a data set did.
#[derive(Clone, Debug)]
pub struct Obeyed {
    /// The stack.
    pub stack: String,
    /// Findings, changes and console messages, with the file of each.
    pub seen: Vec<(Arc<str>, Seen)>,
    /// What the stack held before and holds afterwards, as `vipa model --config` has it.
    pub config: (Value, Value),
}

/// The real ones.
pub struct Vipa;

impl Engine for Vipa {
    fn compile(
        &self,
        files: &MemorySystem,
        request: &Request,
        settings: &Settings,
    ) -> Result<Compiled, String> {
        let mut compiler = Compiler::new(settings.clone());
        compiler.load(files, request).map_err(|error| error.to_string())?;
        let snapshot = compiler.snapshot();
        let compiled = Compiled { findings: snapshot.findings(), files: snapshot.files() };
        let mut once = Compiler::new(settings.clone());
        once.load_once(files, request, Wanted::All).map_err(|error| error.to_string())?;
        let once = once.snapshot();
        // Without places: files may have other numbers.
        let config = |of: &Snapshot, stack: &str| {
            analysis::config::config(of, stack).map(|config| analysis::config::text(&config))
        };
        let other = |stack: &&String| config(&once, stack) != config(&snapshot, stack);
        if let Some(stack) = snapshot.stacks().iter().find(other) {
            return Err(format!("who asks once is told that {stack} holds {:?}", config(&once, stack)));
        }
        if once.findings() != compiled.findings || once.files() != compiled.files {
            return Err(format!("who asks once is told something else: {:#?}", once.findings()));
        }
        Ok(compiled)
    }

    fn obey(
        &self,
        files: &MemorySystem,
        request: &Request,
        settings: &Settings,
        steps: &[Step<'_>],
    ) -> Result<Vec<Obeyed>, String> {
        let mut compiler = Compiler::new(settings.clone());
        compiler.load(files, request).map_err(|error| error.to_string())?;
        super::obeyed::obey(&compiler.snapshot(), files, steps)
    }

    fn command(&self, files: &MemorySystem, words: &[String]) -> Ended {
        if words.first().is_some_and(|word| word == "mutant") {
            return super::mutants::command(files, words);
        }
        let mut stdout = Vec::new();
        let mut stderr = Vec::new();
        let exit = vipa::main_with(
            std::iter::once("vipa").chain(words.iter().map(String::as_str)).map(Into::into),
            &mut World {
                stdin: &mut std::io::empty(),
                stdout: &mut stdout,
                stderr: &mut stderr,
                stdout_terminal: false,
                stderr_terminal: false,
                cwd: "/spec".to_owned(),
                env: &|_| None,
                files: &Memory(files),
            },
        );
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ended { code: exit.code(), stdout: text(stdout), stderr: text(stderr) }
    }
}

/// Files in memory that nobody may write.
struct Memory<'m>(&'m MemorySystem);

impl System for Memory<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.read(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.0.list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.0.kind(path)
    }
}

impl Files for Memory<'_> {
    fn write(&self, path: &str, _: &[u8]) -> Result<(), ReadError> {
        Err(ReadError { path: path.to_owned(), reason: "the files of a spec are not written".to_owned() })
    }
}
