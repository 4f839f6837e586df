//! Files as they are, with changed ones in front. What has been read once stays, so that what is written back rests on the
//! very bytes that were linted.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use compiler::dataset::encode;
use compiler::source::{SourceText, Text};
use compiler::system::{PathKind, ReadError, System};

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its bytes as they were read.
    pub old: Vec<u8>,
    /// Its bytes as they should be, in the same encoding and form of records.
    pub new: Vec<u8>,
    /// The decoded text of `old`.
    pub before: Text,
    /// What stands in `new`.
    pub after: SourceText,
}

/// Files of a system, some of them changed.
pub struct Layer<'s> {
    system: &'s dyn System,
    read: Mutex<BTreeMap<String, Vec<u8>>>,
    kept: BTreeMap<Arc<str>, (Vec<u8>, SourceText)>,
    tried: BTreeMap<Arc<str>, (Vec<u8>, SourceText)>,
    before: BTreeMap<Arc<str>, Text>,
}

impl<'s> Layer<'s> {
    /// Nothing changed yet.
    #[must_use]
    pub fn new(system: &'s dyn System) -> Self {
        Self {
            system,
            read: Mutex::default(),
            kept: BTreeMap::new(),
            tried: BTreeMap::new(),
            before: BTreeMap::new(),
        }
    }

    /// Puts texts in front, in place of those tried before. Says what does not fit its data set, and then tries nothing.
    pub(super) fn try_out(&mut self, texts: BTreeMap<Arc<str>, SourceText>) -> Result<(), String> {
        self.tried.clear();
        for (path, text) in texts {
            match encode(&text) {
                Ok(bytes) => {
                    self.tried.insert(path, (bytes, text));
                }
                Err(error) => {
                    self.tried.clear();
                    return Err(format!("it would not fit {path}: {error}"));
                }
            }
        }
        Ok(())
    }

    /// What was tried stays.
    pub(super) fn keep(&mut self) {
        self.kept.append(&mut self.tried);
    }

    /// The text of a file as it is read first, for the difference that is shown.
    pub(super) fn remember(&mut self, path: &Arc<str>, source: &SourceText) {
        self.before.entry(Arc::clone(path)).or_insert_with(|| source.text.clone());
    }

    /// Every file that differs from what was read, by path.
    #[must_use]
    pub fn changes(&self) -> BTreeMap<Arc<str>, Change> {
        let Ok(read) = self.read.lock() else { return BTreeMap::new() };
        let changed = self.kept.iter().filter_map(|(path, (new, text))| {
            let old = read.get(path.as_ref())?;
            let before = self.before.get(path)?.clone();
            let change = Change { old: old.clone(), new: new.clone(), before, after: text.clone() };
            (old != new).then(|| (Arc::clone(path), change))
        });
        changed.collect()
    }
}

impl System for Layer<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if let Some((bytes, _)) = self.tried.get(path).or_else(|| self.kept.get(path)) {
            return Ok(bytes.clone());
        }
        let Ok(mut read) = self.read.lock() else { return self.system.read(path) };
        if let Some(bytes) = read.get(path) {
            return Ok(bytes.clone());
        }
        let bytes = self.system.read(path)?;
        read.insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.system.list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.system.kind(path)
    }
}
