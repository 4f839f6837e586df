//! Everything outside the process that a command may touch.

use std::io::{Read, Write};

use compiler::system::{ReadError, System};

/// Files to read, and the few places where a command writes one.
pub trait Files: System {
    /// Writes a file whole, in place of an earlier one.
    ///
    /// # Errors
    /// When it cannot be written; the reason is in words.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), ReadError>;
    /// Writes a file so that whoever reads it, and whatever fails, sees the earlier one or the new one, and nothing between.
    ///
    /// # Errors
    /// As [`Self::write`]; the earlier file is then as it was.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), ReadError> {
        self.write(path, bytes)
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
