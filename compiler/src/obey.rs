//! VARY TCPIP,,OBEYFILE: data sets applied to a stack as its profile left it, one after the other.

use std::ops::Range;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::parse_inside;
use grammar::tree::{Section, Span, StmtView};
use runtime_model::Assumption;
use runtime_model::model::StackModel;

use crate::apply::{Change, Console, Facts, Phase, Refused};
use crate::columns;
use crate::dataset::{decode, sequence_columns};
use crate::db::{self, StackInput};
use crate::description::beside;
use crate::fold::{Folded, Item, fold_onto};
use crate::include::{self, Left};
use crate::lower::lower_stack;
use crate::network::network;
use crate::place::{At, FileNo, SectionKey};
use crate::read::Env;
use crate::report::Report;
use crate::section::Reading;
use crate::snapshot::Snapshot;
use crate::source::SourceText;
use crate::statements::{Config, Typed};
use crate::summary::Summary;
use crate::system::{PathKind, System};

/// What one OBEYFILE did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obeyed {
    /// What the stack holds afterwards.
    pub config: Config,
    /// What became of each statement, in order of execution.
    pub changes: Vec<Change>,
    /// What the console would show.
    pub console: Vec<Console>,
    /// What is wrong with the data set, by itself and on this stack.
    pub reports: Vec<Report>,
    /// What has been read so far, this data set and those before it: what the places in here are in.
    pub files: Vec<ObeyedFile>,
    /// Its statements, in the order of the text.
    pub statements: Vec<Stated>,
}

/// A data set that VARY OBEYFILE has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObeyedFile {
    /// Its number in places.
    pub no: FileNo,
    /// Which of the OBEYFILEs brought it, from 0.
    pub step: usize,
    /// Path of one that an INCLUDE brings; the OBEYFILE itself has none.
    pub path: Option<Arc<str>>,
    /// Its text.
    pub source: Arc<SourceText>,
    /// The operand of the INCLUDE that brings it.
    pub by: Option<At>,
    /// The block or list that the INCLUDE stands in.
    pub inside: Option<StatementId>,
}

/// A statement of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Its name in the text.
    pub at: At,
    /// From its name to its last word, children included.
    pub extent: At,
    /// The statement that it is, or the word that is none.
    pub name: String,
    /// It stands in a block or list.
    pub in_block: bool,
    /// A mistake makes the stack drop it.
    pub dropped: bool,
    /// The configuration of a stack has a place for it.
    pub held: bool,
}

impl Snapshot {
    /// Applies OBEYFILEs to a stack after its profile, in order; what each did. None when there is no such stack.
    /// What they INCLUDE is read where the profile includes it too; [`Snapshot::obey_with`] reads all.
    #[must_use]
    pub fn obey(&self, stack: &str, files: &[Arc<SourceText>]) -> Option<Vec<Obeyed>> {
        self.obeyed(stack, files, None, &[])
    }

    /// The same, with files for what they INCLUDE.
    #[must_use]
    pub fn obey_with(
        &self,
        stack: &str,
        files: &[Arc<SourceText>],
        system: &dyn System,
    ) -> Option<Vec<Obeyed>> {
        self.obeyed(stack, files, Some(system), &[])
    }

    /// The same, with what the running stack refused of each: of those without an entry, nothing.
    #[must_use]
    pub fn obey_refusing(
        &self,
        stack: &str,
        files: &[Arc<SourceText>],
        system: &dyn System,
        refused: &[Refused],
    ) -> Option<Vec<Obeyed>> {
        self.obeyed(stack, files, Some(system), refused)
    }

    fn obeyed(
        &self,
        stack: &str,
        files: &[Arc<SourceText>],
        system: Option<&dyn System>,
        refused: &[Refused],
    ) -> Option<Vec<Obeyed>> {
        let input = self.input(stack)?;
        let mut config = db::folded(&self.db, input).config.clone();
        let mut steps = Vec::new();
        let mut next = u32::MAX;
        let mut known: Vec<ObeyedFile> = Vec::new();
        for (step, file) in files.iter().enumerate() {
            let set = DataSet::read(self, input, file, system, next, step);
            next = set.next;
            known.extend(set.files.iter().cloned());
            config.dvipa.deleted.clear();
            config.dvipa.deleted_interfaces.clear();
            let facts = Facts { refused: refused.get(step).cloned().unwrap_or_default(), ..Facts::default() };
            let obeyed = Obeyed { files: known.clone(), ..set.obey(config, &facts) };
            config = obeyed.config.clone();
            steps.push(obeyed);
        }
        Some(steps)
    }

    /// The lowered stack after OBEYFILEs.
    #[must_use]
    pub fn obeyed_model(&self, stack: &str, files: &[Arc<SourceText>]) -> Option<StackModel> {
        self.model_of(stack, &self.obey(stack, files)?)
    }

    /// The lowered stack as steps left it.
    #[must_use]
    pub fn model_of(&self, stack: &str, steps: &[Obeyed]) -> Option<StackModel> {
        let input: StackInput = self.input(stack)?;
        let setup = input.setup(&self.db);
        let config = steps
            .last()
            .map_or_else(|| db::folded(&self.db, input).config.clone(), |step| step.config.clone());
        let mut model = lower_stack(&Summary::new(setup, &config), network(setup, &config));
        model.product.deleted = config.dvipa.deleted.iter().copied().collect();
        model.product.deleted_interfaces = config.dvipa.deleted_interfaces.iter().cloned().collect();
        Some(model)
    }
}

/// A data set as a stack reads it, INCLUDE and all.
pub(crate) struct DataSet {
    /// What was read, in order: of each section the statements up to an INCLUDE, then those behind it.
    read: Vec<(Arc<Reading>, Range<usize>)>,
    reports: Vec<Report>,
    statements: Vec<Stated>,
    /// The data set first, then what it includes, with their paths as far as they are known.
    pub(crate) files: Vec<ObeyedFile>,
    /// The number for the next file.
    pub(crate) next: u32,
    /// A definition of a DVIPA that differs is rejected.
    definitions_stay: bool,
}

impl DataSet {
    /// Reads one. Its files get numbers from `next` downwards: they never meet those of files that take part.
    pub(crate) fn read(
        snapshot: &Snapshot,
        input: StackInput,
        file: &Arc<SourceText>,
        system: Option<&dyn System>,
        next: u32,
        step: usize,
    ) -> Self {
        let setup = input.setup(&snapshot.db);
        let env = Env {
            dialect: setup.dialect,
            release: setup.release,
            symbols: setup.symbols.clone(),
            described: setup.described,
            addresses: Arc::clone(&setup.addresses),
        };
        let mut reader = Reader {
            snapshot,
            input,
            system,
            env,
            open: Vec::new(),
            before: None,
            left: Left::default(),
            step,
            set: Self {
                read: Vec::new(),
                reports: Vec::new(),
                statements: Vec::new(),
                files: Vec::new(),
                next,
                definitions_stay: snapshot.answer(Assumption::DefinitionInPlace) == "no",
            },
        };
        reader.read(file, None, None, &Arc::from([]));
        reader.set
    }

    /// What a stack holds that starts with it.
    pub(crate) fn start(self) -> Config {
        let mut items: Vec<Item<'_>> =
            self.read.iter().flat_map(|(read, part)| read.items(part.clone())).collect();
        include::mark_holes(&mut items, &include::holes(&self.reports));
        fold_onto(Config::default(), &items, Phase::Initial, &Facts::default()).config
    }

    /// Applies it to what a stack holds.
    pub(crate) fn obey(self, config: Config, facts: &Facts) -> Obeyed {
        let Self { read, mut reports, statements, files, definitions_stay, .. } = self;
        let facts = &Facts { definitions_stay: facts.definitions_stay || definitions_stay, ..facts.clone() };
        let mut items: Vec<Item<'_>> =
            read.iter().flat_map(|(read, part)| read.items(part.clone())).collect();
        include::mark_holes(&mut items, &include::holes(&reports));
        let Folded { config, changes, console, reports: folded, .. } =
            fold_onto(config, &items, Phase::Obey, facts);
        reports.extend(folded);
        Obeyed { config, changes, console, reports, files, statements }
    }
}

/// Reads data sets as the stack does, INCLUDE and all.
struct Reader<'r> {
    snapshot: &'r Snapshot,
    input: StackInput,
    system: Option<&'r dyn System>,
    env: Env,
    /// Paths of the data sets that are being read; the OBEYFILE itself has none.
    open: Vec<String>,
    /// The statement of the top level that was read last.
    before: Option<StatementId>,
    left: Left,
    set: DataSet,
    step: usize,
}

/// The key of a section of an OBEYFILE: its start tells it from the others of the file, and leads back to it.
fn section_at(file: FileNo, start: u32) -> SectionKey {
    SectionKey { file, hash: start.saturating_add(1), nth: 0 }
}

/// Where in the text of an OBEYFILE, or of a text that a stack was started from for a try, a place is.
#[must_use]
pub fn offset(at: At) -> u32 {
    start_of(at.section).saturating_add(at.span.start)
}

/// Where a section of an OBEYFILE starts.
pub(crate) fn start_of(section: SectionKey) -> u32 {
    section.hash.saturating_sub(1)
}

impl Reader<'_> {
    fn read(
        &mut self,
        file: &Arc<SourceText>,
        path: Option<Arc<str>>,
        inside: Option<StatementId>,
        trail: &Arc<[At]>,
    ) {
        let no = FileNo(self.set.next);
        self.set.next = self.set.next.saturating_sub(1);
        self.set.files.push(ObeyedFile {
            no,
            step: self.step,
            path,
            source: Arc::clone(file),
            by: trail.last().copied(),
            inside,
        });
        let numbers = sequence_columns(file);
        self.set.reports.extend(columns::reports(file, no, numbers));
        let blanked = numbers.map(|columns| columns.blanked(file));
        let text = blanked.as_deref().unwrap_or(&file.text);
        for placed in parse_inside(text, self.env.dialect.grammar(), inside).sections {
            let key = section_at(no, placed.start);
            let mut reading = Reading::default();
            reading.add(&placed.section, key, &self.env);
            let read = Arc::new(reading);
            let by = |report: Report| {
                trail.iter().rev().fold(report, |report, at| report.related(*at, "this INCLUDE brings it"))
            };
            self.set.reports.extend(read.reports.iter().cloned().map(by));
            self.set.statements.extend(stated(&placed.section, key, &read));
            let mut done = 0;
            for index in read.includes.iter().copied() {
                let Some(stmt) = read.statements.get(index) else { continue };
                let Some((operand, at)) = stmt.include.as_deref() else { continue };
                self.set.read.push((Arc::clone(&read), done..index + 1));
                self.before = include::last_of(read.statements.get(done..index)).or(self.before);
                done = index + 1;
                self.follow(operand, *at, read.host(stmt), trail);
            }
            self.before = include::last_of(read.statements.get(done..)).or(self.before);
            let rest = done..read.statements.len();
            self.set.read.push((read, rest));
        }
    }

    fn follow(&mut self, operand: &str, at: At, host: Option<StatementId>, trail: &Arc<[At]>) {
        self.set.reports.extend(host.and_then(|host| include::within(operand, at, host)));
        let Some((path, source)) = self.source(operand) else {
            self.set.reports.push(include::not_found(operand, at));
            return;
        };
        if self.open.contains(&path) {
            let open = self.open.iter().map(String::as_str);
            self.set.reports.push(include::leads_back(operand, at, open, &path));
        } else if self.open.len() + 1 >= include::DEEPEST {
            self.set.reports.push(include::too_deep(operand, at));
        } else if self.left.is_over() {
            // Said once.
        } else if !self.left.follows(source.text.len()) {
            self.set.reports.push(include::too_much(operand, at));
        } else {
            let host = host.or_else(|| self.goes_on(&source));
            let longer = trail.iter().copied().chain([at]).collect();
            self.open.push(path.clone());
            self.read(&source, Some(path.into()), host, &longer);
            self.open.pop();
        }
    }

    /// The statement before an INCLUDE, if the text goes on with it.
    fn goes_on(&self, source: &SourceText) -> Option<StatementId> {
        let dialect = self.env.dialect;
        let parsed = parse_inside(&source.text, dialect.grammar(), None);
        let first = parsed.sections.first()?;
        self.before.filter(|before| include::continues(&first.section, *before, dialect))
    }

    /// The file that an operand means: as the profile had it, else as the description leads to it.
    fn source(&self, operand: &str) -> Option<(String, Arc<SourceText>)> {
        let db = &self.snapshot.db;
        if let Some(Some(file)) = self.input.includes(db).get(operand.trim_matches('\'')) {
            return Some((file.path(db).to_string(), Arc::clone(file.source(db))));
        }
        let (system, description) = (self.system?, self.snapshot.description());
        let (toml, _, _) = self.snapshot.toml.as_ref()?;
        let entry = description.stack(&self.input.setup(db).name)?;
        let paths = description.include_candidates(entry, operand);
        let path =
            paths.iter().map(|path| beside(toml, path)).find(|path| system.kind(path) == PathKind::File)?;
        let source = decode(&system.read(&path).ok()?, &description.files.decode_options()).ok()?;
        Some((path, Arc::new(source)))
    }
}

/// The statements of a section, in the order of the text.
fn stated(section: &Section, key: SectionKey, read: &Reading) -> Vec<Stated> {
    let meant = |name: Span| read.statements.iter().find(|stmt| stmt.at.span.start == name.start);
    let one = |view: StmtView<'_>| {
        let read = meant(view.stmt.name);
        let written = || section.text_of(view.stmt.name).to_uppercase();
        Stated {
            at: At { section: key, span: view.stmt.name },
            extent: At { section: key, span: view.stmt.extent },
            name: view.desc().filter(|_| view.stmt.known).map_or_else(written, |desc| desc.name.to_owned()),
            in_block: view.stmt.parent.is_some() || section.inside.is_some(),
            dropped: read.is_some_and(|read| read.part.map_or(read.dropped, |part| part.mistake)),
            held: read.is_some_and(|read| !matches!(read.typed, Typed::Other)),
        }
    };
    section.views().map(one).collect()
}
