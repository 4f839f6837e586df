//! The disk. The only file in the command that touches it.
#![allow(clippy::disallowed_methods, reason = "this is where the file system is")]

use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use compiler::dataset::{DecodeError, MAX_FILE_BYTES};
use compiler::system::{PathKind, ReadError, System};
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
        let mut staged = Vec::new();
        let done = stage(rewrites, &mut staged).and_then(|()| put_in_place(&staged));
        if done.is_err() {
            for one in &staged {
                // What cannot be removed either is nothing that can be helped here.
                let _ = fs::remove_file(&one.beside);
            }
        }
        done
    }
}

/// A new content beside the file that it is for. A link stays a link: what it leads to is replaced.
struct Staged<'a> {
    rewrite: Rewrite<'a>,
    real: PathBuf,
    beside: PathBuf,
}

/// Writes every new content beside its file; nothing that was there is touched.
fn stage<'a>(rewrites: &[Rewrite<'a>], staged: &mut Vec<Staged<'a>>) -> Result<(), NotReplaced> {
    for rewrite in rewrites {
        let failed = |error: io::Error| NotReplaced::Failed(in_words(rewrite.path, &error));
        let real = fs::canonicalize(rewrite.path).map_err(failed)?;
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let beside = real.with_file_name(format!(".{name}.{}.vipa", std::process::id()));
        staged.push(Staged { rewrite: *rewrite, real, beside });
        let Some(one) = staged.last() else { continue };
        write_new(&one.beside, &one.real, rewrite.new).map_err(failed)?;
    }
    Ok(())
}

/// Looks at all files once more, then puts each new one in its place in one step. When one of them cannot be put there, those
/// before it get their earlier content back.
fn put_in_place(staged: &[Staged<'_>]) -> Result<(), NotReplaced> {
    for Staged { rewrite, real, .. } in staged {
        let failed = |error: io::Error| NotReplaced::Failed(in_words(rewrite.path, &error));
        if fs::read(real).map_err(failed)? != rewrite.old {
            return Err(NotReplaced::Changed { path: rewrite.path.to_owned() });
        }
    }
    for (done, Staged { rewrite, real, beside }) in staged.iter().enumerate() {
        let Err(error) = fs::rename(beside, real) else { continue };
        for earlier in staged.iter().take(done) {
            // The reason of the first failure is the one to tell.
            let _ = write_new(&earlier.beside, &earlier.real, earlier.rewrite.old)
                .and_then(|()| fs::rename(&earlier.beside, &earlier.real));
        }
        return Err(NotReplaced::Failed(in_words(rewrite.path, &error)));
    }
    Ok(())
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
