//! Paths and globs of a description, without any file system.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::FilesSection;
use crate::dataset::FileKind;

/// A path written in the file `description` (`plex/sysplex.toml`), relative to what that is relative to.
/// Backslashes become slashes, `.` and `..` are resolved as far as possible; an absolute path stays one, also with the drive or the server
/// of a Windows machine.
#[must_use]
pub fn beside(description: &str, written: &str) -> String {
    let written = written.replace('\\', "/");
    let folder = description.rsplit_once('/').map_or("", |(folder, _)| folder);
    let has_drive = written.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && written.get(1..3).is_some_and(|behind| behind == ":/");
    let absolute = written.starts_with('/') || (!has_drive && description.starts_with('/'));
    let joined = if written.starts_with('/') || has_drive { written } else { format!("{folder}/{written}") };
    let root = match (absolute, joined.starts_with("//")) {
        (false, _) => "",
        (true, true) => "//",
        (true, false) => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if absolute => {}
            other => parts.push(other),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// The globs of `[files]`, ready to ask.
#[derive(Clone, Debug)]
pub struct FileKinds {
    sets: [(FileKind, GlobSet); 4],
}

impl FileKinds {
    /// Compiles the globs; one that is no glob has been reported by [`super::Description::parse`] and matches
    /// nothing.
    #[must_use]
    pub fn new(files: &FilesSection) -> Self {
        let set = |globs: &[super::Spanned<String>]| {
            let mut builder = GlobSetBuilder::new();
            for glob in globs.iter().filter_map(|glob| Glob::new(&glob.value).ok()) {
                builder.add(glob);
            }
            builder.build().unwrap_or_else(|_| GlobSet::empty())
        };
        Self {
            sets: [
                (FileKind::Foreign, set(&files.ignore)),
                (FileKind::Obeyfile, set(&files.obeyfile)),
                (FileKind::Include, set(&files.include)),
                (FileKind::Profile, set(&files.profile)),
            ],
        }
    }
    /// What a path relative to the description is said to be; `None` leaves it to its content. `ignore` wins
    /// over all others.
    #[must_use]
    pub fn kind(&self, path: &str) -> Option<FileKind> {
        self.sets.iter().find(|(_, set)| set.is_match(path)).map(|(kind, _)| *kind)
    }
}
