//! The text of a stack in the order in which it is read, INCLUDE and all (01 1.3).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::lookup;
use grammar::parse::parse_inside;
use grammar::tree::Section;

use crate::Dialect;
use crate::db::{SourceFile, StackInput, file_env, reading, reads_of, sections};
use crate::fold::Item;
use crate::limits::{INCLUDES, STACK_BYTES};
use crate::place::{At, FileNo};
use crate::report::Report;
use crate::rules;
use crate::section::{Read1, Reading};

pub use crate::limits::DEEPEST;

/// A file that an INCLUDE brings, as it is read there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The file.
    pub file: FileNo,
    /// The block or list in which the INCLUDE stands.
    pub inside: Option<StatementId>,
    /// The INCLUDEs that lead to it, the profile's own first.
    pub trail: Arc<[At]>,
}

/// A run of statements of one stretch, in the order in which the stack reads them.
pub(crate) struct Visited<'db, 'v> {
    /// The stretch.
    pub read: &'db Reading,
    /// Which of its statements. An INCLUDE ends a run: what it brings comes before the next one.
    pub part: Range<usize>,
    /// Its file, and what brings it.
    pub brought: &'v Brought,
}

/// Visits every stretch of a stack's profile in order; then says what is wrong with INCLUDEs.
pub(crate) fn walk<'db>(
    db: &'db dyn salsa::Database,
    stack: StackInput,
    visit: &mut dyn FnMut(Visited<'db, '_>),
    report: &mut dyn FnMut(Report),
) {
    let mut walk = Walk { db, stack, open: Vec::new(), before: None, left: Left::default(), visit, report };
    for file in stack.profiles(db) {
        let brought = Brought { file: file.no(db), inside: None, trail: Arc::from([]) };
        walk.left.takes(walk.bytes(*file, None));
        walk.open.push(*file);
        walk.file(*file, &brought);
        walk.open.pop();
    }
}

/// An INCLUDE.
pub(crate) struct Include<'i> {
    /// As the stack reads it.
    pub operand: &'i str,
    /// Its place.
    pub at: At,
    /// The block or list in which it stands.
    pub host: Option<StatementId>,
}

/// Where a walk through a stack's profile has come to.
#[derive(Default)]
pub(crate) struct Way {
    open: Vec<SourceFile>,
    /// The statement of the top level that was read last.
    before: Option<StatementId>,
    left: Left,
}

impl Way {
    /// A profile of so many bytes begins.
    pub(crate) fn opens(&mut self, file: SourceFile, bytes: usize) {
        self.left.takes(bytes);
        self.open.push(file);
    }

    /// Statements have been read.
    pub(crate) fn passes(&mut self, statements: Option<&[Read1]>) {
        self.before = last_of(statements).or(self.before);
    }

    /// It ends.
    pub(crate) fn closes(&mut self) {
        self.open.pop();
    }

    /// Whether an INCLUDE was not followed because the stack would read too much.
    pub(crate) fn is_over(&self) -> bool {
        self.left.is_over()
    }
}

/// Visits what one INCLUDE of a profile brings; `brought` is the profile.
pub(crate) fn follow<'db>(
    db: &'db dyn salsa::Database,
    stack: StackInput,
    way: &mut Way,
    include: &Include<'_>,
    brought: &Brought,
    visit: &mut dyn FnMut(Visited<'db, '_>),
    report: &mut dyn FnMut(Report),
) {
    let Way { open, before, left } = std::mem::take(way);
    let mut walk = Walk { db, stack, open, before, left, visit, report };
    walk.follow(include.operand, include.at, include.host, brought);
    *way = Way { open: walk.open, before: walk.before, left: walk.left };
}

/// What a file INCLUDEs as it is read in a block or at the top level: the operands, each with the block that it stands in.
pub(crate) fn named(
    db: &dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
) -> BTreeSet<(String, Option<StatementId>)> {
    let mut names = BTreeSet::new();
    each(db, stack, file, inside, &mut |operand, _, host| {
        names.insert((operand.to_owned(), host));
    });
    names
}

/// The INCLUDEs of a file in order: the operands with their places.
pub(crate) fn places(
    db: &dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
) -> Vec<(String, At)> {
    let mut places = Vec::new();
    each(db, stack, file, inside, &mut |operand, at, _| places.push((operand.to_owned(), at)));
    places
}

/// Tells of every INCLUDE of a file: the operand without quotes, its place, and the block that it stands in.
fn each(
    db: &dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
    tell: &mut dyn FnMut(&str, At, Option<StatementId>),
) {
    for read in reads_of(db, file, inside, file_env(db, stack, file, inside)) {
        let read = reading(db, *read);
        for stmt in read.includes.iter().filter_map(|index| read.statements.get(*index)) {
            let Some((operand, at)) = stmt.include.as_deref() else { continue };
            tell(operand.trim_matches('\''), *at, read.host(stmt));
        }
    }
}

struct Walk<'db, 'w> {
    db: &'db dyn salsa::Database,
    stack: StackInput,
    open: Vec<SourceFile>,
    /// The statement of the top level that was read last.
    before: Option<StatementId>,
    left: Left,
    visit: &'w mut dyn FnMut(Visited<'db, '_>),
    report: &'w mut dyn FnMut(Report),
}

impl Walk<'_, '_> {
    fn file(&mut self, file: SourceFile, brought: &Brought) {
        let (db, inside) = (self.db, brought.inside);
        for read in reads_of(db, file, inside, file_env(db, self.stack, file, inside)) {
            let read = reading(db, *read);
            let mut done = 0;
            for index in read.includes.iter().copied() {
                let Some(stmt) = read.statements.get(index) else { continue };
                let Some((operand, at)) = stmt.include.as_deref() else { continue };
                (self.visit)(Visited { read, part: done..index + 1, brought });
                self.before = last_of(read.statements.get(done..index)).or(self.before);
                done = index + 1;
                self.follow(operand, *at, read.host(stmt), brought);
            }
            self.before = last_of(read.statements.get(done..)).or(self.before);
            if done == 0 || done < read.statements.len() {
                (self.visit)(Visited { read, part: done..read.statements.len(), brought });
            }
        }
    }

    /// Bytes of the statements of a file: of what is read, not of the file, which a comment changes.
    fn bytes(&self, file: SourceFile, inside: Option<StatementId>) -> usize {
        let stretches = sections(self.db, file, self.stack.setup(self.db).dialect, inside);
        stretches.iter().map(|stretch| stretch.stretch(self.db).bytes).sum()
    }

    /// The statement before an INCLUDE, if the file goes on with it.
    fn goes_on(&self, target: SourceFile) -> Option<StatementId> {
        let dialect = self.stack.setup(self.db).dialect;
        let stretch = sections(self.db, target, dialect, None).first()?.stretch(self.db);
        self.before.filter(|before| {
            stretch.parts.first().is_some_and(|part| continues(&part.section, *before, dialect))
        })
    }

    fn follow(&mut self, operand: &str, at: At, host: Option<StatementId>, brought: &Brought) {
        let db = self.db;
        if let Some(report) = host.and_then(|host| within(operand, at, host)) {
            (self.report)(report);
        }
        match self.stack.includes(db).get(operand.trim_matches('\'')) {
            Some(Some(target)) if self.open.contains(target) => {
                let path = self.open.iter().map(|file| file.path(db).as_ref());
                (self.report)(leads_back(operand, at, path, target.path(db)));
            }
            Some(Some(target)) if self.open.len() < DEEPEST => {
                if self.left.over {
                    return;
                }
                let host = host.or_else(|| self.goes_on(*target));
                if !self.left.follows(self.bytes(*target, host)) {
                    (self.report)(too_much(operand, at));
                    return;
                }
                let trail = brought.trail.iter().copied().chain([at]).collect();
                self.open.push(*target);
                self.file(*target, &Brought { file: target.no(db), inside: host, trail });
                self.open.pop();
            }
            Some(Some(_)) => (self.report)(too_deep(operand, at)),
            Some(None) | None => (self.report)(not_found(operand, at)),
        }
    }
}

/// Places of INCLUDEs that are not followed, of which nobody knows what they bring.
pub(crate) fn holes(reports: &[Report]) -> BTreeSet<At> {
    let is = |report: &&Report| {
        [rules::include_not_found::RULE.name, rules::include_limit::RULE.name].contains(&report.rule)
    };
    reports.iter().filter(is).map(|report| report.at).collect()
}

/// Marks them among the items.
pub(crate) fn mark_holes(items: &mut [Item<'_>], holes: &BTreeSet<At>) {
    if holes.is_empty() {
        return;
    }
    for item in items {
        item.hole = item.read.include.as_deref().is_some_and(|(_, at)| holes.contains(at));
    }
}

/// The last statement of the top level among some.
pub(crate) fn last_of(statements: Option<&[Read1]>) -> Option<StatementId> {
    let statements = statements.unwrap_or(&[]).iter().rev();
    statements.filter(|read| read.parent.is_none() && read.include.is_none()).find_map(|read| read.id)
}

/// Whether a text goes on with a statement that has no END: it begins with no statement, and with what that one may have.
pub(crate) fn continues(first: &Section, before: StatementId, dialect: Dialect) -> bool {
    let known = first.view(0).is_none_or(|view| view.stmt.id.is_some());
    if known || lookup::statement(before).is_none_or(|desc| desc.end.is_some()) {
        return false;
    }
    let inside = parse_inside(&first.text, dialect.grammar(), Some(before));
    inside
        .sections
        .first()
        .is_some_and(|placed| placed.section.view(0).is_some_and(|view| view.stmt.id == Some(before)))
}

/// What a stack may still read: members that include others twice, and those others again, would never end.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    includes: usize,
    bytes: usize,
    /// Whether it has been said that there is no more.
    over: bool,
}

impl Default for Left {
    fn default() -> Self {
        Self { includes: INCLUDES, bytes: STACK_BYTES, over: false }
    }
}

impl Left {
    fn takes(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    /// Whether one INCLUDE more, of so many bytes, is followed.
    pub(crate) fn follows(&mut self, bytes: usize) -> bool {
        if self.includes == 0 || self.bytes < bytes {
            self.over = true;
            return false;
        }
        self.includes -= 1;
        self.takes(bytes);
        true
    }

    /// Whether it has been said that there is no more.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }
}

/// An INCLUDE with which a stack would read too much.
pub(crate) fn too_much(operand: &str, at: At) -> Report {
    Report::new(
        &rules::include_limit::RULE,
        at,
        format!("INCLUDE {operand} is not read: this stack has followed {INCLUDES} INCLUDEs or read {} MiB", STACK_BYTES >> 20),
    )
    .note("what it and every INCLUDE behind it would bring is not looked at")
    .note("a member that two others include counts twice, and what it includes too: include it once, from the profile")
}

/// An INCLUDE in a block or list.
pub(crate) fn within(operand: &str, at: At, host: StatementId) -> Option<Report> {
    let desc = lookup::statement(host)?;
    let end = desc.end.as_ref()?;
    let report = Report::new(
        &rules::include_in_block::RULE,
        at,
        format!("INCLUDE {operand} stands between {} and its {}", desc.name, end.full),
    )
    .note("a block with its END should be whole within one data set; what the stack does otherwise, no source says");
    let is_block = grammar::STATEMENTS.iter().any(|child| child.blocks.contains(&desc.name));
    Some(if is_block {
        report.note(format!("its statements are read as if they stood here in {}", desc.name))
    } else {
        report.note(format!("its entries are read as if they stood here in {}", desc.name))
    })
}

/// An INCLUDE of a data set that is being read.
pub(crate) fn leads_back<'p>(
    operand: &str,
    at: At,
    path: impl Iterator<Item = &'p str>,
    target: &str,
) -> Report {
    let path: Vec<&str> = path.collect();
    Report::new(&rules::include_loop::RULE, at, format!("INCLUDE {operand} leads back to {target}"))
        .note(format!("the way: {} -> {target}", path.join(" -> ")))
}

/// An INCLUDE that is not followed.
pub(crate) fn too_deep(operand: &str, at: At) -> Report {
    Report::new(
        &rules::include_loop::RULE,
        at,
        format!("INCLUDE {operand} is nested deeper than {DEEPEST} data sets and is not read"),
    )
}

/// An INCLUDE of a data set for which there is no file.
pub(crate) fn not_found(operand: &str, at: At) -> Report {
    Report::new(
        &rules::include_not_found::RULE,
        at,
        format!("INCLUDE {operand}: no file is known for this data set"),
    )
    .note("name it under `includes` in sysplex.toml: `\"DATA.SET.NAME\" = \"file or folder of members\"`")
}
