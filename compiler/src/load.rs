//! Which files a sysplex has, and which of them has changed.

mod described;
mod include;
mod once;
mod stacks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use grammar::tree::Span;
use rustc_hash::FxHashSet;
use salsa::{Durability, Setter as _};

use crate::dataset::{DecodeOptions, decode_owned, decode_text};
use crate::db::{self, Database, SourceFile, StackInput, World};
use crate::description::{self, Description, Spanned};
use crate::once::{Once, Wanted};
use crate::place::{At, FileNo, SectionKey};
use crate::report::Report;
use crate::source::SourceText;
use crate::system::{ReadError, System};
use crate::{Dialect, Request, Settings, parallel};

/// The files and what the description says of them.
#[derive(Default)]
pub(crate) struct Loaded {
    /// Every file by path.
    pub files: BTreeMap<Arc<str>, SourceFile>,
    /// Texts of open documents.
    pub overlays: BTreeMap<String, String>,
    /// The description, and its text.
    pub description: Arc<Description>,
    /// `sysplex.toml`, as a file with places.
    pub toml: Option<(Arc<str>, FileNo, Arc<SourceText>)>,
    /// Mistakes in the description.
    pub reports: Vec<Report>,
    /// The description as it is written, before settings change it, and its mistakes.
    described: Option<(Arc<SourceText>, Description, Vec<description::DescriptionFinding>)>,
    stacks: BTreeMap<String, StackInput>,
    /// What was looked at as a stream.
    pub once: Arc<Once>,
    /// Paths that this load has read.
    fresh: BTreeSet<String>,
    numbers: u32,
}

/// Which files are read again.
pub(crate) enum Changed {
    /// All.
    All,
    /// These.
    Only(BTreeSet<String>),
}

impl Changed {
    fn has(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(paths) => paths.contains(path),
        }
    }

    fn any(&self, fits: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::All => true,
            Self::Only(paths) => paths.iter().any(|path| fits(path)),
        }
    }
}

/// How files are read.
struct Read<'r> {
    system: &'r dyn System,
    changed: &'r Changed,
    options: &'r DecodeOptions,
}

impl Loaded {
    /// Reads everything of a request, or again what has changed. Files that are as before keep what is known of them.
    pub fn load(
        &mut self,
        db: &mut Database,
        system: &dyn System,
        request: &Request,
        settings: &Settings,
        changed: &Changed,
        once: Option<Wanted>,
    ) -> Result<(), ReadError> {
        self.fresh.clear();
        let mut description = match &request.sysplex {
            Some(path) => self.read_description(system, path, changed)?,
            None => {
                self.reports.clear();
                self.toml = None;
                described::lone(&request.profiles)
            }
        };
        if let Some(dialect) = settings.dialect {
            description.sysplex.dialect = Some(Spanned::new(dialect, 0..0));
        }
        if let Some(release) = settings.release.as_deref().and_then(description::Release::parse) {
            description.sysplex.release = Some(Spanned::new(release, 0..0));
            for stack in &mut description.stacks {
                stack.release = None;
            }
        }
        if let Some(encoding) = settings.encoding {
            description.files.encoding = Some(Spanned::new(encoding, 0..0));
        }
        if let Some(records) = settings.records {
            description.files.records = Some(Spanned::new(records, 0..0));
        }
        let options = description.files.decode_options();
        let read = Read { system, changed, options: &options };
        let mut inputs = Vec::new();
        for stack in &description.stacks {
            inputs.push(self.stack(db, &read, &description, stack)?);
        }
        self.stacks.retain(|_, input| inputs.contains(input));
        self.description = Arc::new(description);
        let setup = Arc::new(self.plex());
        match World::try_get(db) {
            None => {
                let _ = World::builder(setup, inputs).durability(Durability::HIGH).new(db);
            }
            Some(world) => {
                if world.setup(db) != &setup {
                    world.set_setup(db).to(setup);
                }
                if world.stacks(db) != &inputs {
                    world.set_stacks(db).to(inputs);
                }
            }
        }
        let mut stacks: Vec<StackInput> = self.stacks.values().copied().collect();
        self.once = Arc::default();
        if let Some(wanted) = once {
            stacks = self.look_once(db, &read, request, settings, wanted);
        }
        // Every stack is read, several at a time; what follows finds it read. After an edit there is too little to do for that.
        let threads = if matches!(changed, Changed::All) { settings.threads } else { 1 };
        parallel::each(db, threads, stacks.len(), |db, number| {
            if let Some(stack) = stacks.get(number) {
                for file in stack.profiles(db) {
                    db::included(db, *stack, *file, None);
                }
            }
        });
        for stack in stacks {
            let profiles = stack.profiles(db).iter().map(|file| (*file, None)).collect();
            self.follow_includes(db, &read, request, stack, Vec::new(), profiles);
        }
        // What no stack reads any more takes no part.
        let mut used: FxHashSet<SourceFile> = FxHashSet::default();
        for stack in self.stacks.values() {
            used.extend(stack.profiles(db).iter().copied());
            used.extend(stack.includes(db).values().flatten().copied());
        }
        self.files.retain(|_, file| used.contains(file));
        Ok(())
    }

    fn number(&mut self) -> FileNo {
        self.numbers += 1;
        FileNo(self.numbers)
    }

    /// The text of a path: the open document, else the file.
    fn text(
        &self,
        system: &dyn System,
        path: &str,
        options: &DecodeOptions,
    ) -> Result<Arc<SourceText>, ReadError> {
        if let Some(text) = self.overlays.get(path) {
            return Ok(Arc::new(decode_text(text)));
        }
        let bytes = system.read(path)?;
        decode_owned(bytes, options)
            .map(Arc::new)
            .map_err(|error| ReadError { path: path.to_owned(), reason: error.to_string() })
    }

    /// The file at a path, read again if it has changed.
    fn file(&mut self, db: &mut Database, read: &Read<'_>, path: &str) -> Result<SourceFile, ReadError> {
        if let Some(file) =
            self.files.get(path).filter(|_| self.fresh.contains(path) || !read.changed.has(path))
        {
            return Ok(*file);
        }
        let source = self.text(read.system, path, read.options);
        let source = match source {
            Ok(source) => source,
            Err(error) => {
                self.files.remove(path);
                return Err(error);
            }
        };
        self.fresh.insert(path.to_owned());
        let open = self.overlays.contains_key(path);
        if let Some(file) = self.files.get(path) {
            if file.source(db) != &source {
                db.set_source(*file, source, open);
            }
            return Ok(*file);
        }
        let no = self.number();
        let key: Arc<str> = Arc::from(path);
        let file = db.add_source(no, Arc::clone(&key), source, open);
        self.files.insert(key, file);
        Ok(file)
    }
}

fn toml_place(no: FileNo, span: &std::ops::Range<usize>) -> At {
    let start = u32::try_from(span.start).unwrap_or(u32::MAX);
    let len = u32::try_from(span.len()).unwrap_or(0);
    At { section: SectionKey::whole(no), span: Span { start, len } }
}

impl Dialect {
    /// The same, for the parser.
    #[must_use]
    pub fn grammar(self) -> grammar::parse::Dialect {
        match self {
            Self::Zos => grammar::parse::Dialect::Zos,
            Self::Founding => grammar::parse::Dialect::Founding,
        }
    }
}
