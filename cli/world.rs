//! Everything outside the process that a command may touch.

use std::hash::{Hash as _, Hasher as _};
use std::io::{Read, Write};

use compiler::system::{ReadError, System};

/// Files to read, and the few places where a command writes one.
pub trait Files: System {
    /// Writes a file whole, in place of an earlier one.
    ///
    /// # Errors
    /// When it cannot be written; the reason is in words.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), ReadError>;
    /// Puts files in the place of earlier ones, all or none: nothing is written unless each is still as it was read, and
    /// whoever reads one, whatever fails, sees the earlier one or the new one and nothing between.
    ///
    /// # Errors
    /// When one has changed or cannot be written; all are then as they were.
    fn replace_all(&self, rewrites: &[Rewrite<'_>]) -> Result<(), NotReplaced> {
        for rewrite in rewrites {
            if self.read(rewrite.path).map_err(NotReplaced::Failed)? != rewrite.old {
                return Err(NotReplaced::Changed { path: rewrite.path.to_owned() });
            }
        }
        rewrites
            .iter()
            .try_for_each(|rewrite| self.write(rewrite.path, rewrite.new).map_err(NotReplaced::Failed))
    }
    /// Waits a little, for something to change. False when nobody waits: in memory nothing changes by itself.
    fn wait(&self) -> bool {
        false
    }
    /// A number that is another one when a file, or the names in a folder, may have changed; `None` when nothing is there.
    fn stamp(&self, path: &str) -> Option<u64> {
        let mut hash = rustc_hash::FxHasher::default();
        match self.read(path) {
            Ok(bytes) => bytes.hash(&mut hash),
            Err(_) => self.list(path).ok()?.hash(&mut hash),
        }
        Some(hash.finish())
    }
    /// Runs `git` in the current folder and gives what it prints.
    ///
    /// # Errors
    /// In words, when it cannot be run or says no; in memory there is none.
    fn git(&self, words: &[&str]) -> Result<Vec<u8>, String> {
        let _ = words;
        Err("there is no git here".to_owned())
    }
    /// Makes a folder, with those above it, unless it is there.
    ///
    /// # Errors
    /// When it cannot be made.
    fn create_folder(&self, path: &str) -> Result<(), ReadError> {
        let _ = path;
        Ok(())
    }
}

/// A file that is to be replaced.
#[derive(Clone, Copy, Debug)]
pub struct Rewrite<'a> {
    /// Where it is.
    pub path: &'a str,
    /// What was read.
    pub old: &'a [u8],
    /// What is to stand there.
    pub new: &'a [u8],
}

/// Why no file was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReplaced {
    /// Somebody else has changed this one since it was read.
    Changed {
        /// Which.
        path: String,
    },
    /// One could not be read again, or not be written.
    Failed(ReadError),
}

/// The streams, the environment and the files of one run.
pub struct World<'a> {
    /// Standard input.
    pub stdin: &'a mut dyn Read,
    /// Standard output: results only.
    pub stdout: &'a mut dyn Write,
    /// Standard error: everything else.
    pub stderr: &'a mut dyn Write,
    /// Whether a person reads standard output.
    pub stdout_terminal: bool,
    /// Whether a person reads standard error.
    pub stderr_terminal: bool,
    /// The current directory, absolute, with forward slashes.
    pub cwd: String,
    /// The environment.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// The file system.
    pub files: &'a dyn Files,
}
