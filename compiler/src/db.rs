//! The memory of the compiler: what is asked is kept until something it rests on changes.
//!
//! Inputs are the text of files, the set-up of each stack, and the sysplex. The grain is a section of a file (a top-level
//! statement with its children) for reading, a stack for folding and its rules, the sysplex for the rest. Spans are
//! relative to sections, so a line that is inserted above them changes nothing but where they start.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use grammar::description::StatementId;
use grammar::token::Comment;
use salsa::{Durability, Setter as _};

use crate::Dialect;
use crate::apply::{Facts, Phase};
use crate::cluster::Cluster;
use crate::compared::Compared;
use crate::dataset::{SequenceColumns, sequence_columns};
use crate::fold::{Folded, Item, fold_onto};
use crate::include::{Brought, Visited};
use crate::kept::{Kept, Value};
use crate::network::network;
use crate::of_stack::OfStack;
use crate::pace::Pace;
use crate::place::{At, FileNo, SectionKey};
use crate::read::Env;
use crate::report::Report;
use crate::section::Reading;
use crate::setup::{PlexSetup, StackSetup};
use crate::source::{SourceText, Text};
use crate::statements::Config;
use crate::stretch::{self, Cut, Part, Placed, Stretch};
use crate::summary::Summary;
use crate::{include, symbols};

/// A file that takes part.
#[salsa::input]
pub struct SourceFile {
    /// Its number.
    #[returns(copy)]
    pub no: FileNo,
    /// Its path.
    #[returns(ref)]
    pub path: Arc<str>,
    /// Its text.
    #[returns(ref)]
    pub source: Arc<SourceText>,
    /// How its text was cut last.
    #[returns(ref)]
    pub cuts: Arc<Cuts>,
}

/// How a text was cut last, for each way to read it: where the next one differs little, little is to be done. What comes out does not depend on it.
pub type Cuts = Mutex<BTreeMap<(Dialect, Option<StatementId>), Cut>>;

/// A stack.
#[salsa::input]
pub struct StackInput {
    /// What is known of it.
    #[returns(ref)]
    pub setup: Arc<StackSetup>,
    /// Its profile.
    #[returns(ref)]
    pub profiles: Vec<SourceFile>,
    /// Which file an INCLUDE operand (resolved, upper case) means; None when there is none.
    #[returns(ref)]
    pub includes: Arc<BTreeMap<String, Option<SourceFile>>>,
}

/// The sysplex.
#[salsa::input(singleton)]
pub struct World {
    /// What is known of it.
    #[returns(ref)]
    pub setup: Arc<PlexSetup>,
    /// Its stacks, in the order of the description.
    #[returns(ref)]
    pub stacks: Vec<StackInput>,
}

/// A stretch of a file, known by its content.
#[salsa::tracked]
pub struct StretchRef<'db> {
    /// Its sections.
    #[returns(ref)]
    pub stretch: Stretch,
    /// Where it starts in the file.
    #[tracked]
    #[returns(copy)]
    pub base: u32,
    /// Where each of its parts starts, from there.
    #[tracked]
    #[returns(ref)]
    pub starts: Arc<[u32]>,
}

impl<'db> StretchRef<'db> {
    /// The names of its sections, with their starts in the file.
    pub fn names(self, db: &'db dyn salsa::Database) -> impl Iterator<Item = (SectionKey, u32)> {
        self.parts(db).flat_map(|(part, start)| {
            part.heads.iter().map(move |(key, head)| (*key, start + head.extent.start))
        })
    }

    /// Its parts with their starts.
    pub fn parts(self, db: &'db dyn salsa::Database) -> impl Iterator<Item = (&'db Part, u32)> {
        let base = self.base(db);
        self.stretch(db).parts.iter().zip(self.starts(db).iter().map(move |start| base + start))
    }
}

/// What the reading of a section depends on.
#[salsa::interned]
pub struct EnvRef<'db> {
    /// The values.
    #[returns(ref)]
    pub env: Env,
}

/// The stretches of a file in order, at the top level or as an INCLUDE brings them into a block or list.
#[salsa::tracked(returns(ref))]
pub fn sections<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    dialect: Dialect,
    inside: Option<StatementId>,
) -> Vec<StretchRef<'db>> {
    let source = file.source(db);
    // Sequence numbers are reported once for the file; read as tokens they would spoil every statement.
    let text = match columns(db, file) {
        Some(columns) => Text::from(columns.blanked(source)),
        None => source.text.clone(),
    };
    let way = (dialect, inside);
    let known = file.cuts(db).lock().ok().and_then(|mut cuts| cuts.remove(&way));
    let cut = match known {
        Some(known) => known.again(&text, dialect.grammar(), file.no(db), inside),
        None => stretch::cut(&text, dialect.grammar(), file.no(db), inside),
    };
    let one = |placed: &Placed| {
        StretchRef::new(db, placed.stretch.clone(), placed.base, Arc::clone(&placed.starts))
    };
    let stretches = cut.stretches.iter().map(one).collect();
    if let Ok(mut cuts) = file.cuts(db).lock() {
        cuts.insert(way, cut);
    }
    stretches
}

/// The columns of a file that carry sequence numbers, if any do.
#[salsa::tracked(returns(copy))]
pub fn columns(db: &dyn salsa::Database, file: SourceFile) -> Option<SequenceColumns> {
    sequence_columns(file.source(db))
}

/// What is wrong with a file as a data set.
#[salsa::tracked(returns(ref))]
pub fn file_findings(db: &dyn salsa::Database, file: SourceFile) -> Vec<Report> {
    crate::columns::reports(file.source(db), file.no(db), columns(db, file))
}

/// What a file INCLUDEs as a stack reads it, in a block or at the top level: the operands, each with the block that it stands in.
#[salsa::tracked(returns(ref))]
pub fn included(
    db: &dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
) -> BTreeSet<(String, Option<StatementId>)> {
    include::named(db, stack, file, inside)
}

/// Where a file INCLUDEs what as a stack reads it: the operands with their places, in order of the text.
#[salsa::tracked(returns(ref))]
pub fn include_places(
    db: &dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
) -> Vec<(String, At)> {
    include::places(db, stack, file, inside)
}

/// Whether a comment of a file may allow something.
#[salsa::tracked(returns(copy))]
pub fn allows(db: &dyn salsa::Database, file: SourceFile) -> bool {
    file.source(db).text.contains("vipa:")
}

/// The comments of a file in order.
#[salsa::tracked(returns(ref))]
pub fn comments(db: &dyn salsa::Database, file: SourceFile, dialect: Dialect) -> Vec<Comment> {
    grammar::token::scan(&file.source(db).text, dialect == Dialect::Founding).comments
}

/// A stretch as the stacks of an environment read it. It is made by [`reads_of`] and given up with all that is known of it as soon as that makes it no
/// more. Two keys of a query in its place would stay: keys that are only looked at again keep those behind them from being used anew.
#[salsa::tracked]
pub struct ReadRef<'db> {
    /// The stretch.
    #[returns(copy)]
    pub stretch: StretchRef<'db>,
    /// The environment.
    #[returns(copy)]
    pub env: EnvRef<'db>,
}

/// The system symbols in a file.
#[salsa::tracked(returns(ref))]
pub fn used_symbols(
    db: &dyn salsa::Database,
    file: SourceFile,
    dialect: Dialect,
    inside: Option<StatementId>,
) -> BTreeSet<String> {
    let stretches = sections(db, file, dialect, inside).iter();
    let parts = stretches.flat_map(|stretch| stretch.stretch(db).parts.iter());
    parts
        .filter(|part| part.section.symbols)
        .flat_map(|part| symbols::symbols_in(&part.section.text))
        .map(|symbol| symbol.name)
        .collect()
}

/// What the reading of a file on a stack depends on: of the symbols of the stack only those that the file uses, so that stacks share the reading.
pub fn file_env<'db>(
    db: &'db dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
) -> EnvRef<'db> {
    let setup = stack.setup(db);
    let names = used_symbols(db, file, setup.dialect, inside).iter();
    let used = names.filter_map(|name| Some((name.clone(), setup.symbols.get(name)?.clone())));
    env_with(db, setup, used.collect())
}

/// The stretches of a file as the stacks of an environment read them, in the order of [`sections`]. What uses no symbols is read alike whatever their
/// values.
#[salsa::tracked(returns(ref))]
pub fn reads_of<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    inside: Option<StatementId>,
    file_env: EnvRef<'db>,
) -> Vec<ReadRef<'db>> {
    let env = file_env.env(db);
    let stretches = sections(db, file, env.dialect, inside);
    if env.symbols.is_empty() {
        return stretches.iter().map(|stretch| ReadRef::new(db, *stretch, file_env)).collect();
    }
    let plain = EnvRef::new(db, Env { symbols: BTreeMap::new(), ..env.clone() });
    let with = |stretch: &StretchRef<'db>| stretch.stretch(db).parts.iter().any(|part| part.section.symbols);
    let read = |(stretch, plain): (&StretchRef<'db>, &ReadRef<'db>)| {
        if with(stretch) { ReadRef::new(db, *stretch, file_env) } else { *plain }
    };
    stretches.iter().zip(reads_of(db, file, inside, plain)).map(read).collect()
}

/// The statements of a stretch with their meaning, and what is wrong with each by itself.
#[salsa::tracked(returns(ref))]
pub fn reading<'db>(db: &'db dyn salsa::Database, read: ReadRef<'db>) -> Arc<Reading> {
    let mut reading = Reading::default();
    for part in read.stretch(db).stretch(db).parts.iter() {
        reading.add_part(part, read.env(db).env(db));
    }
    reading.statements.shrink_to_fit();
    Arc::new(reading)
}

/// The environment of a stack for text with these symbols.
fn env_with<'db>(
    db: &'db dyn salsa::Database,
    setup: &StackSetup,
    used: BTreeMap<String, String>,
) -> EnvRef<'db> {
    EnvRef::new(db, Env::of(setup, used))
}

thread_local! {
    static FOLDED: Cell<u64> = const { Cell::new(0) };
}

/// How many stacks this thread has read anew, of late or ever: what two answers differ by counts.
pub fn folded_so_far() -> u64 {
    FOLDED.get()
}

/// A stack after its profile: what it holds, and every finding about it alone that comes from reading and folding.
#[salsa::tracked(returns(ref))]
pub fn folded(db: &dyn salsa::Database, stack: StackInput) -> Arc<Folded> {
    FOLDED.with(|folded| folded.set(folded.get() + 1));
    Arc::new(folded_with(db, stack, &Facts::default()))
}

/// The same with what the stack knows when it starts.
pub(crate) fn folded_with<'db>(db: &'db dyn salsa::Database, stack: StackInput, facts: &Facts) -> Folded {
    let mut reports: Vec<Report> = Vec::new();
    let mut runs: Vec<(&Reading, Range<usize>)> = Vec::new();
    let mut includes: Vec<Report> = Vec::new();
    let mut brought: BTreeMap<(FileNo, Option<StatementId>), Brought> = BTreeMap::new();
    let mut visit = |visited: Visited<'db, '_>| {
        if visited.part.start == 0 {
            reports.extend(visited.read.reports.iter().cloned());
        }
        let by = visited.brought;
        if !by.trail.is_empty() {
            brought.entry((by.file, by.inside)).or_insert_with(|| by.clone());
        }
        runs.push((visited.read, visited.part));
    };
    include::walk(db, stack, &mut visit, &mut |report| includes.push(report));
    let mut items: Vec<Item<'_>> = Vec::with_capacity(runs.iter().map(|(_, part)| part.len()).sum());
    runs.into_iter().for_each(|(read, part)| items.extend(read.items(part)));
    include::mark_holes(&mut items, &include::holes(&includes));
    reports.append(&mut includes);
    let mut folded = fold_onto(Config::default(), &items, Phase::Initial, facts);
    reports.append(&mut folded.reports);
    folded.reports = reports;
    folded.brought = brought.into_values().collect();
    folded
}

/// What the other stacks need to know of a stack.
#[salsa::tracked(returns(ref))]
pub fn summary(db: &dyn salsa::Database, stack: StackInput) -> Arc<Summary> {
    Arc::new(Summary::new(stack.setup(db), &folded(db, stack).config))
}

/// Findings of the rules that look at one stack.
#[salsa::tracked(returns(ref))]
pub fn stack_findings(db: &dyn salsa::Database, stack: StackInput) -> Arc<OfStack> {
    Arc::new(OfStack::new(stack.setup(db), folded(db, stack)))
}

/// All stacks together.
#[salsa::tracked(returns(ref))]
pub fn cluster(db: &dyn salsa::Database, world: World) -> Arc<Cluster> {
    let summaries = world.stacks(db).iter().map(|stack| Arc::clone(summary(db, *stack))).collect();
    Arc::new(Cluster::new(Arc::clone(world.setup(db)), summaries))
}

/// The lowered runtime model.
#[salsa::tracked(returns(ref))]
pub fn model(db: &dyn salsa::Database, world: World) -> Arc<runtime_model::model::Model> {
    // Interfaces and routes are looked at by the model alone: no stack needs to know those of another.
    let networks = world.stacks(db).iter().map(|stack| network(stack.setup(db), &folded(db, *stack).config));
    Arc::new(crate::lower::lower(cluster(db, world), networks))
}

/// The database.
#[salsa::db]
#[derive(Clone, Default)]
pub struct Database {
    storage: salsa::Storage<Self>,
    /// What the rules for all stacks together have found: kept apart, since which parts of the stacks one looks at shows only while it does.
    compared: Arc<Compared>,
    /// Answers that the next change makes old.
    kept: Arc<Kept>,
    /// Whom this handle lets go first.
    pace: Option<Arc<Pace>>,
}

#[salsa::db]
impl salsa::Database for Database {}

/// What a database has done.
#[derive(Debug, Default)]
pub struct Log {
    /// Queries that were run.
    pub executed: Vec<String>,
    /// Queries whose answers were given up.
    pub discarded: Vec<String>,
}

/// How seldom the text of a file changes.
fn durability(open: bool) -> Durability {
    if open { Durability::LOW } else { Durability::MEDIUM }
}

impl Database {
    /// A database that writes down which queries it really runs and which answers it gives up, for tests of what an edit re-does.
    #[must_use]
    pub fn recording(log: Arc<Mutex<Log>>) -> Self {
        let storage = salsa::Storage::new(Some(Box::new(move |event: salsa::Event| {
            let Ok(mut log) = log.lock() else { return };
            if let salsa::EventKind::WillExecute { database_key } = event.kind {
                log.executed.push(format!("{database_key:?}"));
            } else if let salsa::EventKind::DidDiscard { key } = event.kind {
                log.discarded.push(format!("{key:?}"));
            }
        })));
        Self { storage, ..Self::default() }
    }

    /// Lets others go first from now on.
    pub(crate) fn set_pace(&mut self, pace: Arc<Pace>) {
        self.pace = Some(pace);
    }

    /// Lets others go first, if there are any. Inside of a query nobody may: others may wait for its answer.
    pub(crate) fn let_others_first(&self) {
        if let Some(pace) = &self.pace {
            pace.let_others_first();
        }
    }

    /// Where others may have to be let go first, some are waited for when they give up old answers too: from now on these are kept.
    pub(crate) fn keep(&self, stacks: &[StackInput]) {
        if self.pace.is_none() {
            return;
        }
        let answers = stacks.iter().flat_map(|stack| -> [Value; 2] {
            let found = Arc::clone(stack_findings(self, *stack));
            [found, Arc::clone(summary(self, *stack)) as Value]
        });
        self.kept.keep(answers.collect());
    }

    /// What rules for all stacks together find, each by its place in [`crate::rules::RULES`].
    pub(crate) fn compared(&self, world: World, rules: &[usize], threads: usize) -> Vec<Arc<[Report]>> {
        self.compared.ask(cluster(self, world), rules, self, threads)
    }

    /// A file more.
    pub fn add_source(&self, no: FileNo, path: Arc<str>, source: Arc<SourceText>, open: bool) -> SourceFile {
        SourceFile::builder(no, path, source, Arc::default()).source_durability(durability(open)).new(self)
    }

    /// Changes the text of a file. What rests only on files that are not open is not even looked at after an edit of one that is.
    pub fn set_source(&mut self, file: SourceFile, source: Arc<SourceText>, open: bool) {
        file.set_source(self).with_durability(durability(open)).to(source);
    }
}
