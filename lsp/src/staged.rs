//! Files that are changed all or none: new contents are written beside them first, and then put in their places. The command mends and
//! formats with it; the server waits between the two until the client has done its part.
#![allow(clippy::disallowed_methods, reason = "the second room of this crate that touches the file system")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::uri;

/// A file with what it holds and what it is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Where it is.
    pub path: String,
    /// What was read.
    pub old: Vec<u8>,
    /// What is to stand there.
    pub new: Vec<u8>,
}

/// New contents that wait beside their files. Dropping them takes them away again.
#[derive(Debug, Default)]
pub struct Staged(Vec<One>);

/// Why nothing has changed.
#[derive(Debug)]
pub enum NotPut {
    /// A file is no longer as it was read.
    Changed {
        /// Where it is.
        path: String,
    },
    /// One cannot be read or written.
    Failed {
        /// Where it is.
        path: String,
        /// As the system says it.
        error: io::Error,
    },
}

impl fmt::Display for NotPut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { path } => write!(f, "{} has just been changed by somebody else", uri::name(path)),
            Self::Failed { path, error } => write!(f, "{} cannot be written: {error}", uri::name(path)),
        }
    }
}

#[derive(Debug)]
struct One {
    rewrite: Rewrite,
    /// The file itself, where the path is a link.
    real: PathBuf,
    beside: PathBuf,
}

impl Staged {
    /// Writes every new content beside its file; nothing that was there is touched.
    ///
    /// # Errors
    /// When one of them cannot be written.
    pub fn new(rewrites: Vec<Rewrite>) -> Result<Self, NotPut> {
        let mut staged = Self::default();
        for rewrite in rewrites {
            let path = rewrite.path.clone();
            staged.add(rewrite).map_err(|error| NotPut::Failed { path, error })?;
        }
        Ok(staged)
    }
    fn add(&mut self, rewrite: Rewrite) -> io::Result<()> {
        let real = fs::canonicalize(&rewrite.path)?;
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let beside = real.with_file_name(format!(".{name}.{}.vipa", std::process::id()));
        write_new(&beside, &real, &rewrite.new)?;
        self.0.push(One { rewrite, real, beside });
        Ok(())
    }
    /// Looks at all files once more and puts each new content in its place in one step. When one cannot be put there, those before it
    /// get back what they held.
    ///
    /// # Errors
    /// Why; then no file has changed.
    pub fn put(self) -> Result<(), NotPut> {
        let failed = |one: &One, error| NotPut::Failed { path: one.rewrite.path.clone(), error };
        for one in &self.0 {
            if fs::read(&one.real).map_err(|error| failed(one, error))? != one.rewrite.old {
                return Err(NotPut::Changed { path: one.rewrite.path.clone() });
            }
        }
        for (done, one) in self.0.iter().enumerate() {
            let Err(error) = fs::rename(&one.beside, &one.real) else { continue };
            for earlier in self.0.iter().take(done) {
                // The reason of the first failure is the one to tell.
                let _ = write_new(&earlier.beside, &earlier.real, &earlier.rewrite.old)
                    .and_then(|()| fs::rename(&earlier.beside, &earlier.real));
            }
            return Err(failed(one, error));
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for one in &self.0 {
            // Those that were put in their places are not there any more.
            let _ = fs::remove_file(&one.beside);
        }
    }
}

/// A new file with the permissions of another.
fn write_new(path: &Path, like: &Path, bytes: &[u8]) -> io::Result<()> {
    // A file that may not be written is not replaced either, though its folder would let us.
    fs::OpenOptions::new().write(true).open(like)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    let written =
        file.write_all(bytes).and_then(|()| file.set_permissions(fs::metadata(like)?.permissions()));
    written.and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}
