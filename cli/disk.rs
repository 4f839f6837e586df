//! The disk. The only file in the command that touches it.
#![allow(clippy::disallowed_methods, reason = "this is where the file system is")]

use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, ErrorKind, Read as _};
use std::time::Duration;

use compiler::dataset::{DecodeError, MAX_FILE_BYTES};
use compiler::system::{PathKind, ReadError, System};
use lsp::staged::{self, NotPut, Staged};
use rustc_hash::FxHasher;

use crate::world::{Files, NotReplaced, Rewrite};

/// How often files are looked at while they are watched. Asking costs little and also works on network drives, which tell
/// nobody of changes.
const PAUSE: Duration = Duration::from_millis(250);

/// The real file system, relative to the current directory.
pub struct Disk;

impl System for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let read = || -> io::Result<Result<Vec<u8>, ReadError>> {
            let file = fs::File::open(path)?;
            let bytes = file.metadata()?.len();
            // What is too large is not read to find that out; and a device that never ends is read up to the limit.
            if bytes > MAX_FILE_BYTES as u64 {
                let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
                let reason = DecodeError::FileTooLarge { bytes }.to_string();
                return Ok(Err(ReadError { path: path.to_owned(), reason }));
            }
            let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
            file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut content)?;
            Ok(Ok(content))
        };
        read().map_err(|error| in_words(path, &error))?
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| in_words(folder, &error))? {
            let entry = entry.map_err(|error| in_words(folder, &error))?;
            let Ok(kind) = entry.file_type() else { continue };
            let name = entry.file_name().to_string_lossy().into_owned();
            if kind.is_symlink() {
                // Links to folders are left out: a walk that follows them may never end.
                if fs::metadata(entry.path()).is_ok_and(|target| target.is_file()) {
                    names.push((name, false));
                }
            } else if kind.is_file() || kind.is_dir() {
                // A pipe or a device would block whoever reads every file of a folder.
                names.push((name, kind.is_dir()));
            }
        }
        names.sort();
        Ok(names)
    }
    fn kind(&self, path: &str) -> PathKind {
        match fs::metadata(path) {
            Ok(entry) if entry.is_dir() => PathKind::Folder,
            Ok(_) => PathKind::File,
            Err(_) => PathKind::Nothing,
        }
    }
}

impl Files for Disk {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), ReadError> {
        fs::write(path, bytes).map_err(|error| {
            if error.kind() == ErrorKind::NotFound {
                ReadError { path: path.to_owned(), reason: "no such folder".to_owned() }
            } else {
                in_words(path, &error)
            }
        })
    }
    fn git(&self, words: &[&str]) -> Result<Vec<u8>, String> {
        let ended = std::process::Command::new("git")
            .args(words)
            .stdin(std::process::Stdio::null())
            .output()
            .map_err(|error| format!("git cannot be run: {error}"))?;
        if ended.status.success() {
            return Ok(ended.stdout);
        }
        let said = String::from_utf8_lossy(&ended.stderr);
        Err(said.lines().next().unwrap_or("git knows no such thing").to_owned())
    }
    fn create_folder(&self, path: &str) -> Result<(), ReadError> {
        fs::create_dir_all(path).map_err(|error| in_words(path, &error))
    }
    fn wait(&self) -> bool {
        std::thread::sleep(PAUSE);
        true
    }
    fn stamp(&self, path: &str) -> Option<u64> {
        let entry = fs::metadata(path).ok()?;
        let mut hash = FxHasher::default();
        (entry.len(), entry.modified().ok()).hash(&mut hash);
        Some(hash.finish())
    }
    fn replace_all(&self, rewrites: &[Rewrite<'_>]) -> Result<(), NotReplaced> {
        let owned = |one: &Rewrite<'_>| staged::Rewrite {
            path: one.path.to_owned(),
            old: one.old.to_vec(),
            new: one.new.to_vec(),
        };
        let staged = Staged::new(rewrites.iter().map(owned).collect());
        staged.and_then(Staged::put).map_err(|why| match why {
            NotPut::Changed { path } => NotReplaced::Changed { path },
            NotPut::Failed { path, error } => NotReplaced::Failed(in_words(&path, &error)),
        })
    }
}

/// The system's own wording differs between platforms; the frequent cases get one of ours.
fn in_words(path: &str, error: &std::io::Error) -> ReadError {
    let reason = if error.kind() == ErrorKind::NotFound {
        "no such file".to_owned()
    } else if error.kind() == ErrorKind::PermissionDenied {
        "you may not read or write it".to_owned()
    } else if error.kind() == ErrorKind::IsADirectory {
        "it is a folder".to_owned()
    } else {
        error.to_string()
    };
    ReadError { path: path.to_owned(), reason }
}
