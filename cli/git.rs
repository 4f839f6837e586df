//! The files of a git revision, as the compiler wants files. Nothing is checked out.

use std::collections::BTreeSet;

use compiler::system::{PathKind, ReadError, System};

use crate::paths::{join, tidy};
use crate::trouble::Trouble;
use crate::world::Files;

/// A revision.
pub struct Revision<'a> {
    files: &'a dyn Files,
    revision: String,
    /// Path of the current folder from the root of the repository, empty or with a slash behind it.
    prefix: String,
    /// Root of the repository, absolute.
    root: String,
    paths: BTreeSet<String>,
}

impl<'a> Revision<'a> {
    /// Opens a revision of the repository around the current folder.
    ///
    /// # Errors
    /// When there is none, or none of this name.
    pub fn open(name: &str, files: &'a dyn Files) -> Result<Self, Trouble> {
        let failed = |reason: String| Trouble::Question {
            what: format!("{name} is neither a folder, nor a sysplex.toml, nor a git revision: {reason}"),
            help: "give the folder with the earlier sysplex, or a revision such as HEAD or origin/main"
                .to_owned(),
        };
        let line = |words: &[&str]| -> Result<String, Trouble> {
            let text = files.git(words).map_err(failed)?;
            Ok(String::from_utf8_lossy(&text).trim().to_owned())
        };
        let revision =
            line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?;
        let prefix = line(&["rev-parse", "--show-prefix"])?;
        let root = line(&["rev-parse", "--show-toplevel"])?;
        let list =
            files.git(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", &revision]).map_err(failed)?;
        let paths = String::from_utf8_lossy(&list)
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(Self { files, revision, prefix, root, paths })
    }

    /// A path of ours, from the root of the repository.
    fn inside(&self, path: &str) -> String {
        match path.strip_prefix(&self.root) {
            Some(rest) if path.starts_with('/') => tidy(rest.trim_start_matches('/')),
            // At the root there is no folder to put before it.
            Some(_) | None if self.prefix.is_empty() => tidy(path),
            Some(_) | None => tidy(&join(&self.prefix, path)),
        }
    }
}

impl System for Revision<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let inside = self.inside(path);
        let failed = |reason: String| ReadError { path: path.to_owned(), reason };
        if !self.paths.contains(&inside) {
            return Err(failed("no such file in this revision".to_owned()));
        }
        let object = format!("{}:{inside}", self.revision);
        self.files.git(&["cat-file", "blob", &object]).map_err(failed)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        let inside = self.inside(folder);
        let start = if inside.is_empty() || inside == "." { String::new() } else { format!("{inside}/") };
        let mut names: Vec<(String, bool)> = Vec::new();
        for rest in self.paths.iter().filter_map(|path| path.strip_prefix(&start)) {
            let entry = match rest.split_once('/') {
                Some((name, _)) => (name.to_owned(), true),
                None => (rest.to_owned(), false),
            };
            if names.last() != Some(&entry) {
                names.push(entry);
            }
        }
        if names.is_empty() {
            return Err(ReadError {
                path: folder.to_owned(),
                reason: "no such folder in this revision".to_owned(),
            });
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
    fn kind(&self, path: &str) -> PathKind {
        if self.paths.contains(&self.inside(path)) {
            PathKind::File
        } else if self.list(path).is_ok() {
            PathKind::Folder
        } else {
            PathKind::Nothing
        }
    }
}
