//! The profiles of a stack as one stream of statements.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::{Run, Runs, read_runs};
use grammar::token::{Comment, scan};
use grammar::tree::Section;

use super::{Looked, Named};
use crate::apply::{Facts, Phase};
use crate::columns;
use crate::dataset::sequence_columns;
use crate::db::{Database, SourceFile, StackInput};
use crate::fold::{Fold, Folded, Item, Turn};
use crate::include::{self, Brought, Include, Visited, Way};
use crate::place::FileNo;
use crate::read::Env;
use crate::report::Report;
use crate::section::{Read1, Reading};
use crate::statements::{Config, Typed};
use crate::stretch::Namer;
use crate::suppress;
use crate::{Dialect, rules};

/// What came of a stack.
pub(super) struct Told {
    /// Its findings are among `reports`.
    pub(super) folded: Folded,
    pub(super) reports: Vec<Report>,
    pub(super) brought: BTreeMap<(FileNo, Option<StatementId>), Brought>,
    pub(super) includes: BTreeSet<(String, Option<StatementId>)>,
    pub(super) files: Vec<(FileNo, Looked)>,
}

/// Reads a stack. None where a stream does not know enough: a finding on an unknown symbol names all symbols that the file uses, how much a stack
/// may still read is counted before it is read, a list that an INCLUDE cuts in pieces is applied when all of them are there, and behind an INCLUDE
/// that cannot be followed anything may be defined.
pub(super) fn read(db: &Database, stack: StackInput, facts: &Facts) -> Option<Told> {
    let setup = stack.setup(db);
    let env = Env::of(setup, setup.symbols.clone());
    let mut stream = Stream {
        db,
        stack,
        env: &env,
        fold: Fold::new(Config::default(), Phase::Initial, facts),
        later: Later::default(),
        reports: Vec::new(),
        wrong: Vec::new(),
        brought: BTreeMap::new(),
        includes: BTreeSet::new(),
        way: Way::default(),
        pieces: false,
        files: Vec::new(),
    };
    for file in stack.profiles(db) {
        stream.file(*file);
    }
    let Stream { mut fold, later, mut reports, mut wrong, brought, includes, way, pieces, files, .. } =
        stream;
    if pieces
        || way.is_over()
        || !include::holes(&wrong).is_empty()
        || reports.iter().any(|report| report.rule == rules::symbol_unknown::RULE.name)
    {
        return None;
    }
    for (read, in_block) in later.dynamic.iter().chain(&later.last) {
        fold.apply(&Item { read, in_block: *in_block, host: None, hole: false });
    }
    drop(later);
    let mut folded = fold.end();
    reports.append(&mut wrong);
    reports.append(&mut folded.reports);
    Some(Told { folded, reports, brought, includes, files })
}

/// Statements that have their turn behind all others.
#[derive(Default)]
struct Later {
    dynamic: Vec<(Read1, bool)>,
    last: Vec<(Read1, bool)>,
}

impl Later {
    fn take(&mut self, turn: Turn, read: Read1, in_block: bool) {
        match turn {
            Turn::Over => {}
            Turn::Dynamic => self.dynamic.push((read, in_block)),
            Turn::Last => self.last.push((read, in_block)),
        }
    }
}

struct Stream<'db, 'a> {
    db: &'db Database,
    stack: StackInput,
    env: &'a Env,
    fold: Fold<'a>,
    later: Later,
    reports: Vec<Report>,
    /// What is wrong with INCLUDEs.
    wrong: Vec<Report>,
    brought: BTreeMap<(FileNo, Option<StatementId>), Brought>,
    includes: BTreeSet<(String, Option<StatementId>)>,
    way: Way,
    /// A list is in pieces.
    pieces: bool,
    files: Vec<(FileNo, Looked)>,
}

impl Stream<'_, '_> {
    fn file(&mut self, file: SourceFile) {
        let (source, no) = (file.source(self.db), file.no(self.db));
        let columns = sequence_columns(source);
        let blanked = columns.map(|columns| columns.blanked(source));
        let text = blanked.as_deref().unwrap_or(&source.text);
        let dialect = self.env.dialect;
        let allows = memchr::memmem::find(source.text.as_bytes(), b"vipa:").is_some();
        // No less than what is read of it.
        self.way.opens(file, text.len());
        let mut page = Page {
            brought: Brought { file: no, inside: None, trail: Arc::from([]) },
            stream: self,
            comments: Vec::new(),
            namer: Namer::new(no, None),
            names: Vec::with_capacity(text.len() / 80),
            extents: allows.then(Vec::new),
            reading: Reading::default(),
            spare: None,
        };
        read_runs(text, dialect.grammar(), None, &mut page);
        let Page { mut names, extents, comments, .. } = page;
        self.way.closes();
        let allowances = extents.map_or_else(Vec::new, |statements| {
            let unblanked = || scan(&source.text, dialect == Dialect::Founding).comments;
            let comments: Vec<Comment> = if blanked.is_some() { unblanked() } else { comments };
            let path = Arc::clone(file.path(self.db));
            suppress::allowances(&suppress::Commented {
                path,
                source,
                comments: &comments,
                statements: &statements,
            })
        });
        names.shrink_to_fit();
        let reports = columns::reports(source, no, columns);
        self.files.push((no, Looked { names: names.into(), reports, allowances }));
    }
}

/// A profile that is being read.
struct Page<'p, 'db, 'a> {
    stream: &'p mut Stream<'db, 'a>,
    brought: Brought,
    namer: Namer,
    names: Vec<Named>,
    /// Comments, and first and last byte of each statement, where somebody wants to know.
    comments: Vec<Comment>,
    extents: Option<Vec<(u32, u32)>>,
    /// Its lists are used for one run after the other.
    reading: Reading,
    /// A run that is over.
    spare: Option<Section>,
}

/// So many statements have what they will ask for fetched at the same time.
const TOGETHER: usize = 32;

/// A list of statements with room for more than so many is not used again.
const LONG: usize = 4096;

impl Runs for Page<'_, '_, '_> {
    fn ends(&mut self, text: &str) -> bool {
        self.namer.name(text)
    }

    fn comment(&mut self, comment: Comment) {
        if self.extents.is_some() {
            self.comments.push(comment);
        }
    }

    fn take(&mut self, run: Run) {
        let (part, start) = self.namer.part(run);
        let named = |(key, head): &(crate::place::SectionKey, grammar::parse::Head)| Named {
            hash: key.hash,
            nth: key.nth,
            start: start + head.extent.start,
        };
        self.names.extend(part.heads.iter().map(named));
        if let Some(extents) = &mut self.extents {
            let extent = |stmt: &grammar::tree::Stmt| (start + stmt.extent.start, start + stmt.extent.end());
            extents.extend(part.section.stmts.iter().map(extent));
        }
        self.reading.add_part(&part, self.stream.env);
        self.stream.reports.append(&mut self.reading.reports);
        let mut done = 0;
        for index in std::mem::take(&mut self.reading.includes) {
            self.stream.way.passes(self.reading.statements.get(done..index));
            self.statements(done..index + 1);
            done = index + 1;
            self.follow(index);
        }
        self.stream.way.passes(self.reading.statements.get(done..));
        self.statements(done..self.reading.statements.len());
        self.reading.statements.clear();
        self.reading.statements.shrink_to(LONG);
        self.spare = Arc::into_inner(part.section);
    }

    fn spare(&mut self) -> Option<Section> {
        self.spare.take()
    }
}

impl Page<'_, '_, '_> {
    fn statements(&mut self, part: Range<usize>) {
        let Self { stream, reading, .. } = self;
        let inside = reading.inside.is_some();
        for some in reading.statements.get_mut(part).unwrap_or_default().chunks_mut(TOGETHER) {
            stream.fold.fetch(some);
            for read in some {
                let in_block = read.parent.is_some() || inside;
                stream.pieces |= read.part.is_some();
                let turn = stream.fold.read(&Item { read, in_block, host: None, hole: false });
                if turn != Turn::Over {
                    // What an INCLUDE asks of its block stays.
                    let typed = std::mem::replace(&mut read.typed, Typed::Other);
                    let include = read.include.take();
                    let undetermined = read.undetermined.take();
                    stream.later.take(turn, Read1 { typed, include, undetermined, ..*read }, in_block);
                }
            }
        }
    }

    fn follow(&mut self, index: usize) {
        let Self { stream, reading, brought, .. } = self;
        let Some(read) = reading.statements.get(index) else { return };
        let Some((operand, at)) = read.include.as_deref() else { return };
        let host = reading.host(read);
        let Stream { db, stack, fold, later, reports, wrong, brought: all, includes, way, pieces, .. } =
            &mut **stream;
        includes.insert((operand.trim_matches('\'').to_owned(), host));
        let mut visit = |visited: Visited<'_, '_>| {
            if visited.part.start == 0 {
                reports.extend(visited.read.reports.iter().cloned());
            }
            let by = visited.brought;
            all.entry((by.file, by.inside)).or_insert_with(|| by.clone());
            for item in visited.read.items(visited.part) {
                *pieces |= item.read.part.is_some();
                let turn = fold.read(&item);
                if turn != Turn::Over {
                    later.take(turn, item.read.clone(), item.in_block);
                }
            }
        };
        let found = Include { operand, at: *at, host };
        include::follow(*db, *stack, way, &found, brought, &mut visit, &mut |report| wrong.push(report));
    }
}
