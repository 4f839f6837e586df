//! What is wrong with an OBEYFILE, as findings with records and columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::parse::parse;
use grammar::token::scan;

use crate::Dialect;
use crate::finding::{Finding, Place};
use crate::obey::Obeyed;
use crate::place::At;
use crate::places::Places;
use crate::report::Report;
use crate::snapshot::Snapshot;
use crate::source::SourceText;
use crate::suppress;

impl Snapshot {
    /// The findings of the last of some OBEYFILEs on a stack, at the levels of the settings, sorted; what a comment allows is left out.
    /// `paths` says what the OBEYFILEs are called, in order.
    #[must_use]
    pub fn obey_findings(&self, stack: &str, steps: &[Obeyed], paths: &[Arc<str>]) -> Vec<Finding> {
        let Some(step) = steps.last() else { return Vec::new() };
        let places = self.obey_places(step, paths, step.reports.iter());
        let mut merged: BTreeMap<(At, &str, &str), &Report> = BTreeMap::new();
        for report in &step.reports {
            merged.entry((report.at, report.rule, report.message.as_str())).or_insert(report);
        }
        let mut findings: Vec<Finding> =
            merged.into_values().filter_map(|report| places.finding(report.clone().stack(stack))).collect();
        suppress::apply(&mut findings, self.obey_allowances(steps, paths), &self.described_stacks());
        let levels = self.levels();
        let mut findings: Vec<Finding> =
            findings.into_iter().filter_map(|finding| levels.apply(finding)).collect();
        findings.sort_by(|left, right| left.order().cmp(&right.order()));
        findings
    }

    /// Where something that an OBEYFILE has done, or a console message of it, stands. None for what stands nowhere.
    #[must_use]
    pub fn obey_place(&self, step: &Obeyed, paths: &[Arc<str>], at: At) -> Option<Place> {
        self.obey_places(step, paths, std::iter::empty()).place(at)
    }

    fn obey_places<'r>(
        &self,
        step: &Obeyed,
        paths: &[Arc<str>],
        reports: impl Iterator<Item = &'r Report>,
    ) -> Places<'_> {
        let mut places = Places::new(self, &self.ways(), reports);
        for file in &step.files {
            let path = file.path.clone().or_else(|| paths.get(file.step).cloned()).unwrap_or_default();
            places.add(file.no, path, Arc::clone(&file.source));
        }
        places
    }

    /// What comments in the last OBEYFILE allow, and in what it includes.
    fn obey_allowances(&self, steps: &[Obeyed], paths: &[Arc<str>]) -> Vec<suppress::Allowance> {
        let Some(step) = steps.last() else { return Vec::new() };
        let last = steps.len().saturating_sub(1);
        let dialect = self.description().dialect();
        let own = step.files.iter().filter(|file| file.step == last);
        own.flat_map(|file| {
            let path = file.path.clone().or_else(|| paths.get(last).cloned()).unwrap_or_default();
            allowances(path, &file.source, dialect)
        })
        .collect()
    }
}

/// What comments of a data set allow.
pub(crate) fn allowances(path: Arc<str>, source: &SourceText, dialect: Dialect) -> Vec<suppress::Allowance> {
    let text = &source.text;
    if !text.contains("vipa:") {
        return Vec::new();
    }
    let comments = scan(text, dialect == Dialect::Founding).comments;
    let mut statements = Vec::new();
    for placed in parse(text, dialect.grammar()).sections {
        for stmt in &placed.section.stmts {
            statements.push((placed.start + stmt.extent.start, placed.start + stmt.extent.end()));
        }
    }
    suppress::allowances(&suppress::Commented { path, source, comments: &comments, statements: &statements })
}
