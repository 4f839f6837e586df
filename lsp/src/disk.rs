//! The compiler's world as the server sees it: open documents first, then the disk.
#![allow(clippy::disallowed_methods, reason = "the one room of this crate that touches the file system")]

use std::fs;

use compiler::dataset::{DecodeError, MAX_FILE_BYTES};
use compiler::system::{PathKind, ReadError, System};

use crate::documents::Documents;
use crate::uri;

/// Reads the disk, but what is open as it stands in the editor.
#[derive(Clone, Copy)]
pub(crate) struct Disk<'a> {
    /// What is open.
    pub(crate) documents: &'a Documents,
}

/// Writes a report where a client can open it: in a folder of this process, below that of the system for such things.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_report(name: &str, text: &str) -> std::io::Result<String> {
    let folder = std::env::temp_dir().join(format!("vipa-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(uri::clean(&path.to_string_lossy()))
}

/// Takes the reports away that nobody opened any more.
pub(crate) fn remove_reports() {
    let _ = fs::remove_dir_all(std::env::temp_dir().join(format!("vipa-{}", std::process::id())));
}

impl System for Disk<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let path = uri::clean(path);
        if let Some(document) = self.documents.get(&path) {
            return Ok(document.text().as_bytes().to_vec());
        }
        let fail = |reason: String| ReadError { path: path.clone(), reason };
        let what = fs::metadata(&path).map_err(|error| fail(error.to_string()))?;
        // A pipe or a device would block the server for good.
        if !what.is_file() {
            return Err(fail("is not a file".to_owned()));
        }
        if what.len() > MAX_FILE_BYTES as u64 {
            let bytes = usize::try_from(what.len()).unwrap_or(usize::MAX);
            return Err(fail(DecodeError::FileTooLarge { bytes }.to_string()));
        }
        fs::read(&path).map_err(|error| fail(error.to_string()))
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        let folder = uri::clean(folder);
        let fail = |error: &std::io::Error| ReadError { path: folder.clone(), reason: error.to_string() };
        let mut names: Vec<(String, bool)> = self
            .documents
            .paths()
            .filter(|path| uri::folder(path) == Some(folder.as_str()))
            .map(|path| (uri::name(path).to_owned(), false))
            .collect();
        match fs::read_dir(&folder) {
            Ok(entries) => {
                for entry in entries {
                    let entry = entry.map_err(|error| fail(&error))?;
                    // Through links, as reading goes.
                    let is_folder = fs::metadata(entry.path()).is_ok_and(|what| what.is_dir());
                    names.push((entry.file_name().to_string_lossy().into_owned(), is_folder));
                }
            }
            Err(_) if !names.is_empty() => {}
            Err(error) => return Err(fail(&error)),
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
    fn kind(&self, path: &str) -> PathKind {
        let path = uri::clean(path);
        if self.documents.get(&path).is_some() {
            return PathKind::File;
        }
        match fs::metadata(&path) {
            Ok(what) if what.is_file() => PathKind::File,
            Ok(what) if what.is_dir() => PathKind::Folder,
            Ok(_) | Err(_) => PathKind::Nothing,
        }
    }
}

/// Whether a file is there and may not be written.
pub(crate) fn is_read_only(path: &str) -> bool {
    fs::metadata(uri::clean(path)).is_ok_and(|what| what.permissions().readonly())
}
