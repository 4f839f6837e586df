//! Questions about one file: how it was read, which stacks read it, and where in it their places are.
//!
//! Everything is taken from what is remembered already; nothing is read again.

use std::collections::BTreeSet;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::Placed;
use grammar::token::Comment;
use rustc_hash::FxHashMap;

use crate::Dialect;
use crate::cluster::Cluster;
use crate::db::{self, SourceFile, StackInput, World};
use crate::place::{At, FileNo, SectionKey};
use crate::setup::StackSetup;
use crate::snapshot::Snapshot;
use crate::source::SourceText;
use crate::summary::Summary;

/// A file as the parser read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    /// Its text.
    pub source: Arc<SourceText>,
    /// Dialect of the sysplex.
    pub dialect: Dialect,
    /// Its sections in order, with their starts.
    pub sections: Vec<Placed>,
    /// Its comments in order.
    pub comments: Arc<[Comment]>,
}

/// A stack that reads a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// What is known of it before its profile.
    pub setup: Arc<StackSetup>,
    /// What it holds that others look at.
    pub summary: Arc<Summary>,
}

/// Where the places of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spans {
    no: FileNo,
    starts: FxHashMap<SectionKey, u32>,
}

impl Spans {
    /// First and last byte of a place, if it is in the file.
    #[must_use]
    pub fn of(&self, at: At) -> Option<(u32, u32)> {
        if at.section.file != self.no {
            return None;
        }
        let base = if at.section.hash == 0 { 0 } else { *self.starts.get(&at.section)? };
        Some((base + at.span.start, base + at.span.end()))
    }
}

/// An INCLUDE and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// First and last byte of the operand.
    pub span: (u32, u32),
    /// The stacks for which it leads there, in the order of the description.
    pub stacks: Vec<String>,
    /// Path of the file; None when there is none.
    pub path: Option<Arc<str>>,
}

impl Snapshot {
    fn file_named(&self, path: &str) -> Option<SourceFile> {
        self.files.get(path).copied()
    }

    /// How the file is read first: at the top level, or inside of a block or list.
    fn way(&self, file: SourceFile) -> Option<StatementId> {
        self.ways().get(&file.no(&self.db)).and_then(|ways| ways.first()).copied().flatten()
    }

    /// A profile or member that takes part, as the parser read it.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileView> {
        let file = self.file_named(path)?;
        let dialect = self.description.dialect();
        let stretches = db::sections(&self.db, file, dialect, self.way(file)).iter();
        let sections = stretches
            .flat_map(|stretch| stretch.parts(&self.db))
            .map(|(part, start)| Placed { start, section: Arc::clone(&part.section) })
            .collect();
        Some(FileView {
            source: Arc::clone(file.source(&self.db)),
            dialect,
            sections,
            comments: db::comments(&self.db, file, dialect).as_slice().into(),
        })
    }

    fn inputs_reading(&self, file: SourceFile) -> Vec<StackInput> {
        let no = file.no(&self.db);
        let reads = |input: &StackInput| {
            input.profiles(&self.db).contains(&file)
                || db::folded(&self.db, *input).brought.iter().any(|brought| brought.file == no)
        };
        let all = World::try_get(&self.db).map_or_else(Vec::new, |world| world.stacks(&self.db).clone());
        all.into_iter().filter(reads).collect()
    }

    /// The stacks that read a file, in the order of the description.
    #[must_use]
    pub fn readers(&self, path: &str) -> Vec<Reader> {
        let Some(file) = self.file_named(path) else { return Vec::new() };
        let reader = |input: StackInput| Reader {
            setup: Arc::clone(input.setup(&self.db)),
            summary: Arc::clone(db::summary(&self.db, input)),
        };
        self.inputs_reading(file).into_iter().map(reader).collect()
    }

    /// Whether several stacks read a file.
    #[must_use]
    pub fn is_shared(&self, path: &str) -> bool {
        self.file_named(path).is_some_and(|file| self.inputs_reading(file).len() > 1)
    }

    /// Where the places of a file are, however it is read.
    #[must_use]
    pub fn spans(&self, path: &str) -> Option<Spans> {
        let file = self.file_named(path)?;
        let no = file.no(&self.db);
        let dialect = self.description.dialect();
        let mut ways: BTreeSet<Option<StatementId>> =
            self.ways().remove(&no).unwrap_or_default().into_iter().collect();
        if ways.is_empty() {
            ways.insert(None);
        }
        let mut starts = FxHashMap::default();
        for way in ways {
            for stretch in db::sections(&self.db, file, dialect, way) {
                starts.extend(stretch.names(&self.db));
            }
        }
        Some(Spans { no, starts })
    }

    /// The INCLUDEs of a file, each with the files that it leads to.
    #[must_use]
    pub fn included(&self, path: &str) -> Vec<Included> {
        let (Some(file), Some(spans)) = (self.file_named(path), self.spans(path)) else { return Vec::new() };
        let way = self.way(file);
        let mut all: Vec<Included> = Vec::new();
        for input in self.inputs_reading(file) {
            let setup = input.setup(&self.db);
            for (operand, at) in db::include_places(&self.db, input, file, way) {
                let Some(span) = spans.of(*at) else { continue };
                let found = input.includes(&self.db).get(operand).copied().flatten();
                let path = found.map(|file| Arc::clone(file.path(&self.db)));
                match all.iter_mut().find(|one| one.span == span && one.path == path) {
                    Some(known) => known.stacks.push(setup.name.clone()),
                    None => all.push(Included { span, stacks: vec![setup.name.clone()], path }),
                }
            }
        }
        all.sort_by_key(|one| one.span);
        all
    }

    /// All stacks together; None before anything is loaded.
    #[must_use]
    pub fn cluster(&self) -> Option<Arc<Cluster>> {
        World::try_get(&self.db).map(|world| Arc::clone(db::cluster(&self.db, world)))
    }
}
