//! The disk. The only file in the command that touches it.
#![allow(clippy::disallowed_methods, reason = "this is where the file system is")]

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use compiler::system::{PathKind, ReadError, System};

use crate::world::Files;

/// The real file system, relative to the current directory.
pub struct Disk;

impl System for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        fs::read(path).map_err(|error| in_words(path, &error))
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
    fn create_folder(&self, path: &str) -> Result<(), ReadError> {
        fs::create_dir_all(path).map_err(|error| in_words(path, &error))
    }
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), ReadError> {
        replace(Path::new(path), bytes).map_err(|error| in_words(path, &error))
    }
}

/// Writes beside the file, then puts the new one in its place in one step. A link stays a link: what it leads to is replaced.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let real = fs::canonicalize(path)?;
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let beside = real.with_file_name(format!(".{name}.{}.vipa", std::process::id()));
    let written = write_new(&beside, &real, bytes).and_then(|()| fs::rename(&beside, &real));
    if written.is_err() {
        // What cannot be removed either is nothing that can be helped here.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A new file with the content given and the permissions of another.
fn write_new(path: &Path, like: &Path, bytes: &[u8]) -> io::Result<()> {
    // A file that may not be written is not replaced either, though its folder would let us.
    fs::OpenOptions::new().write(true).open(like)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.set_permissions(fs::metadata(like)?.permissions())?;
    file.sync_all()
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
