//! The world as the compiler sees it: files by path, nothing else.

use thiserror::Error;

/// Gives bytes for paths. `cli` reads the disk, `lsp` prefers open documents, tests hold a map.
///
/// Paths use forward slashes and are relative to one directory that the implementation knows, or absolute.
pub trait System {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When there is no such file, it is a folder, or it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;
    /// The names in a folder with a flag for folders, sorted.
    ///
    /// # Errors
    /// When there is no such folder or it cannot be read.
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError>;
    /// Whether a path is a file, a folder or nothing.
    fn kind(&self, path: &str) -> PathKind;
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Nothing,
}

/// Why bytes could not be had.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{path}: {reason}")]
pub struct ReadError {
    /// As asked for.
    pub path: String,
    /// In words, for people.
    pub reason: String,
}

/// A system that holds its files in memory, for tests, specs and the editor.
#[derive(Clone, Debug, Default)]
pub struct MemorySystem {
    files: std::collections::BTreeMap<String, Vec<u8>>,
}

impl MemorySystem {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// Puts a file, in place of an earlier one of that path.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }
    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }
}

impl System for MemorySystem {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| ReadError { path: path.to_owned(), reason: "no such file".to_owned() })
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        let prefix = if folder.is_empty() || folder == "." { String::new() } else { format!("{folder}/") };
        let mut names = std::collections::BTreeMap::new();
        for path in self.files.keys() {
            if let Some(rest) = path.strip_prefix(&prefix) {
                match rest.split_once('/') {
                    Some((name, _)) => names.insert(name.to_owned(), true),
                    None => names.insert(rest.to_owned(), false),
                };
            }
        }
        if names.is_empty() {
            return Err(ReadError { path: folder.to_owned(), reason: "no such folder".to_owned() });
        }
        Ok(names.into_iter().collect())
    }
    fn kind(&self, path: &str) -> PathKind {
        if self.files.contains_key(path) {
            PathKind::File
        } else if self.list(path).is_ok() {
            PathKind::Folder
        } else {
            PathKind::Nothing
        }
    }
}
