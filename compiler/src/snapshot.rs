//! The compiled state at one moment, and the questions to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::tree::Section;
use runtime_model::Assumption;

use crate::db::{self, Database, SourceFile, StackInput, World};
use crate::description::Description;
use crate::finding::Place;
use crate::fold::Folded;
use crate::include::Brought;
use crate::once::{Checked, Once};
use crate::pace::Pace;
use crate::place::{At, FileNo};
use crate::places::Places;
use crate::report::Report;
use crate::source::SourceText;
use crate::{Settings, names};

mod findings;

pub use findings::{of_one_stack, rule_names};

/// The compiled state at one moment. Clones share what has been computed; each thread has its own clone.
#[derive(Clone)]
pub struct Snapshot {
    pub(crate) db: Database,
    pub(crate) files: Arc<BTreeMap<Arc<str>, SourceFile>>,
    pub(crate) toml: Option<(Arc<str>, FileNo, Arc<SourceText>)>,
    pub(crate) description: Arc<Description>,
    pub(crate) reports: Arc<[Report]>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) once: Arc<Once>,
}

/// How files are read: at the top level, or inside of blocks and lists.
pub(crate) type Ways = BTreeMap<FileNo, Vec<Option<StatementId>>>;

/// A section, or several in a row that the parser gives as one, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedSection {
    /// Path of the file.
    pub file: Arc<str>,
    /// Its text.
    pub source: Arc<SourceText>,
    /// Byte offset of the section.
    pub start: u32,
    /// What the parser understood.
    pub section: Arc<Section>,
}

impl Snapshot {
    /// From now on others go first where this snapshot, or a clone of it, looks for findings.
    pub fn set_pace(&mut self, pace: Arc<Pace>) {
        self.db.set_pace(pace);
    }

    fn world(&self) -> Option<World> {
        World::try_get(&self.db)
    }

    pub(crate) fn inputs(&self) -> Vec<StackInput> {
        self.world().map_or_else(Vec::new, |world| world.stacks(&self.db).clone())
    }

    pub(crate) fn input(&self, stack: &str) -> Option<StackInput> {
        self.inputs().into_iter().find(|input| input.setup(&self.db).name.eq_ignore_ascii_case(stack))
    }

    /// What INCLUDEs of a stack have brought.
    fn brought(&self, input: StackInput) -> &[Brought] {
        let checked: Option<&Checked> = self.once.stacks.get(&input);
        checked.map_or_else(|| &db::folded(&self.db, input).brought, |checked| &checked.brought)
    }

    /// The names of the stacks; empty without a description, as a lone profile may be that of others, too.
    pub(crate) fn described_stacks(&self) -> Vec<&str> {
        if self.toml.is_none() {
            return Vec::new();
        }
        self.description.stacks.iter().map(|stack| stack.name.value.as_str()).collect()
    }

    /// How each file that an INCLUDE brings is read: at the top level, or inside of blocks and lists. Others are read at the top level.
    pub(crate) fn ways(&self) -> Ways {
        self.ways_of(&self.inputs())
    }

    fn ways_of(&self, inputs: &[StackInput]) -> Ways {
        let mut ways = Ways::new();
        for file in inputs.iter().flat_map(|input| input.profiles(&self.db)) {
            ways.entry(file.no(&self.db)).or_insert_with(|| vec![None]);
        }
        for input in inputs {
            for brought in self.brought(*input) {
                let known = ways.entry(brought.file).or_default();
                if !known.contains(&brought.inside) {
                    known.push(brought.inside);
                }
            }
        }
        ways
    }

    /// Records and columns of places in configurations; none for one that stands in no file.
    #[must_use]
    pub fn places(&self, ats: &[At]) -> Vec<Option<Place>> {
        let places = Places::of(self, &self.ways(), ats.iter());
        ats.iter().map(|at| places.place(*at)).collect()
    }

    /// Paths of all files that take part, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<Arc<str>> {
        let mut files: Vec<Arc<str>> = self.files.keys().cloned().collect();
        files.extend(self.toml.iter().map(|(path, _, _)| Arc::clone(path)));
        files.sort();
        files
    }

    /// Decoded text of `sysplex.toml`, where there is one.
    #[must_use]
    pub fn description_source(&self) -> Option<&SourceText> {
        self.toml.as_ref().map(|(_, _, source)| source.as_ref())
    }

    /// Decoded text of a file that takes part.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<Arc<SourceText>> {
        if let Some((toml, _, source)) = &self.toml
            && toml.as_ref() == path
        {
            return Some(Arc::clone(source));
        }
        self.files.get(path).map(|file| Arc::clone(file.source(&self.db)))
    }

    /// Every profile and every member that one includes, as the parser read it, section by section, sorted by path.
    pub fn parsed(&self) -> impl Iterator<Item = ParsedSection> + '_ {
        let dialect = self.description.dialect();
        let ways = self.ways();
        self.files.iter().flat_map(move |(path, file)| {
            let source = file.source(&self.db);
            let way = ways.get(&file.no(&self.db)).and_then(|ways| ways.first()).copied().flatten();
            let stretches = db::sections(&self.db, *file, dialect, way).iter();
            stretches.flat_map(|stretch| stretch.parts(&self.db)).map(move |(part, start)| ParsedSection {
                file: Arc::clone(path),
                source: Arc::clone(source),
                start,
                section: Arc::clone(&part.section),
            })
        })
    }

    /// The section of a file in which a byte stands, else the last one before it, with where it starts. As the file is read where it is
    /// read first.
    #[must_use]
    pub fn section_at(&self, path: &str, offset: u32) -> Option<(u32, Arc<Section>)> {
        let file = self.files.get(path)?;
        let way = self.inputs().iter().find_map(|input| {
            let mut reads = names::reads(&self.db, *input).iter();
            reads.find(|(read, _)| read == file).map(|(_, inside)| *inside)
        });
        let mut last = None;
        for stretch in db::sections(&self.db, *file, self.description.dialect(), way.flatten()) {
            if stretch.base(&self.db) > offset {
                break;
            }
            last = Some(stretch);
        }
        let stretch = last?;
        let (base, starts) = (stretch.base(&self.db), stretch.starts(&self.db));
        let index = starts.partition_point(|start| base + start <= offset).checked_sub(1)?;
        let part = stretch.stretch(&self.db).parts.get(index)?;
        Some((base + starts.get(index)?, Arc::clone(&part.section)))
    }

    /// Names of the stacks, in the order of the description.
    #[must_use]
    pub fn stacks(&self) -> Vec<String> {
        self.inputs().iter().map(|input| input.setup(&self.db).name.clone()).collect()
    }

    /// What a stack holds after its profile, with effects and console messages.
    #[must_use]
    pub fn folded(&self, stack: &str) -> Option<Arc<Folded>> {
        let input = self.input(stack)?;
        let kept = self.once.stacks.get(&input).and_then(|checked| checked.folded.as_ref());
        Some(Arc::clone(kept.unwrap_or_else(|| db::folded(&self.db, input))))
    }

    /// The lowered runtime model; empty before anything is loaded.
    #[must_use]
    pub fn model(&self) -> Arc<runtime_model::model::Model> {
        match self.world() {
            Some(world) => Arc::clone(db::model(&self.db, world)),
            None => Arc::new(runtime_model::model::Model {
                schema_version: runtime_model::model::SCHEMA_VERSION.to_owned(),
                sysplex: String::new(),
                tables: runtime_model::model::Tables::Product,
                structures: runtime_model::model::Structures::default(),
                assumptions: BTreeMap::new(),
                stacks: Vec::new(),
                jobs: Vec::new(),
            }),
        }
    }

    /// The answer of the description to an assumption, else its first one.
    pub(crate) fn answer(&self, assumption: Assumption) -> &'static str {
        let said = self
            .description()
            .assumptions
            .iter()
            .find(|known| known.name.value == assumption.name())
            .and_then(|known| assumption.answer(&known.answer.value));
        said.or_else(|| assumption.answers().first().copied()).unwrap_or_default()
    }

    /// The description as read.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }
}
