//! The text of a stack in the order in which it is read, INCLUDE and all (01 1.3).

use std::ops::Range;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::lookup;

use crate::db::{SourceFile, StackInput, env, reading, sections};
use crate::place::{At, FileNo};
use crate::report::Report;
use crate::rules;
use crate::section::Reading;

/// Data sets nested deeper than this are not read.
pub const DEEPEST: usize = 64;

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

/// A run of statements of one section, in the order in which the stack reads them.
pub(crate) struct Visited<'v> {
    /// The section.
    pub read: &'v Reading,
    /// Which of its statements. An INCLUDE ends a run: what it brings comes before the next one.
    pub part: Range<usize>,
    /// Its file, and what brings it.
    pub brought: &'v Brought,
}

/// Visits every section of a stack's profile in order; then says what is wrong with INCLUDEs.
pub(crate) fn walk(
    db: &dyn salsa::Database,
    stack: StackInput,
    visit: &mut dyn FnMut(Visited<'_>),
    report: &mut dyn FnMut(Report),
) {
    for file in stack.profiles(db) {
        let brought = Brought { file: file.no(db), inside: None, trail: Arc::from([]) };
        Walk { db, stack, open: vec![*file], visit, report }.file(*file, &brought);
    }
}

struct Walk<'w> {
    db: &'w dyn salsa::Database,
    stack: StackInput,
    open: Vec<SourceFile>,
    visit: &'w mut dyn FnMut(Visited<'_>),
    report: &'w mut dyn FnMut(Report),
}

impl Walk<'_> {
    fn file(&mut self, file: SourceFile, brought: &Brought) {
        let (db, setup) = (self.db, self.stack.setup(self.db));
        for section in sections(db, file, setup.dialect, brought.inside) {
            let read = reading(db, *section, env(db, *section, setup));
            let mut done = 0;
            for (index, stmt) in read.statements.iter().enumerate() {
                let Some((operand, at)) = &stmt.include else { continue };
                (self.visit)(Visited { read, part: done..index + 1, brought });
                done = index + 1;
                let parent = stmt.parent.and_then(|parent| read.statements.get(parent as usize));
                let host = parent.map_or(read.inside, |parent| parent.id);
                self.follow(operand, *at, host, brought);
            }
            if done == 0 || done < read.statements.len() {
                (self.visit)(Visited { read, part: done..read.statements.len(), brought });
            }
        }
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
        report.note(format!(
            "its entries are checked as those of {}, and left out of what the stack holds",
            desc.name
        ))
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
