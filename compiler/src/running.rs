//! A sysplex that runs, while VARY TCPIP,,OBEYFILE changes its stacks one after the other: what each stack holds by now, and
//! what the rules say of it. Nothing here changes what was compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::{Placed, parse, parse_inside};
use runtime_model::model::StackModel;

use crate::apply::{Facts, Refused};
use crate::db;
use crate::finding::{Finding, Place};
use crate::lower::lower_stack;
use crate::network::network;
use crate::obey::{DataSet, Obeyed, start_of};
use crate::obey_findings::allowances;
use crate::place::{At, FileNo};
use crate::places::Places;
use crate::report::Report;
use crate::snapshot::Snapshot;
use crate::source::SourceText;
use crate::statements::Config;
use crate::summary::Summary;
use crate::system::System;
use crate::{Dialect, suppress};

/// What has changed since the profiles were read.
#[derive(Clone, Default)]
pub(crate) struct Overlay {
    /// What stacks hold, by name.
    pub(crate) configs: BTreeMap<String, Config>,
    /// Data sets that were read for that.
    pub(crate) files: BTreeMap<FileNo, ReadFile>,
}

/// A data set that was read.
#[derive(Clone)]
pub(crate) struct ReadFile {
    path: Arc<str>,
    source: Arc<SourceText>,
    inside: Option<StatementId>,
}

impl Overlay {
    /// Lets places lead to the data sets.
    pub(crate) fn add_to(&self, places: &mut Places<'_>) {
        for (no, file) in &self.files {
            places.add(*no, Arc::clone(&file.path), Arc::clone(&file.source));
        }
    }

    /// A place in one of the data sets: their sections are known by where they start.
    pub(crate) fn place(&self, at: At) -> Option<Place> {
        let ReadFile { path, source, .. } = self.files.get(&at.section.file)?;
        let base = start_of(at.section);
        let start = source.position(base.saturating_add(at.span.start));
        let end = source.position(base.saturating_add(at.span.end()));
        Some(Place { file: Arc::clone(path), start, end })
    }

    /// What comments of the data sets allow.
    pub(crate) fn allowances(&self, dialect: Dialect) -> Vec<suppress::Allowance> {
        let of = |file: &ReadFile| allowances(Arc::clone(&file.path), &file.source, dialect);
        self.files.values().flat_map(of).collect()
    }
}

/// The sysplex while it changes.
#[derive(Clone)]
pub struct Running {
    snapshot: Snapshot,
    over: Overlay,
    next: u32,
    steps: usize,
}

impl Running {
    /// Every stack as its profile left it.
    #[must_use]
    pub fn new(snapshot: &Snapshot) -> Self {
        Self { snapshot: snapshot.clone(), over: Overlay::default(), next: u32::MAX, steps: 0 }
    }

    /// What the profiles gave.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Applies a data set to a stack. `path` is its name for places, `system` gives what it includes. None when there is no such
    /// stack.
    pub fn obey(
        &mut self,
        stack: &str,
        path: &str,
        file: &Arc<SourceText>,
        system: &dyn System,
        facts: &Facts,
    ) -> Option<Obeyed> {
        let input = self.snapshot.input(stack)?;
        let name = input.setup(&self.snapshot.db).name.clone();
        let before = self.config(stack)?.clone();
        let set = DataSet::read(&self.snapshot, input, file, Some(system), self.next, self.steps);
        self.steps += 1;
        self.next = set.next;
        for file in &set.files {
            let path = file.path.clone().unwrap_or_else(|| Arc::from(path));
            let read = ReadFile { path, source: Arc::clone(&file.source), inside: file.inside };
            self.over.files.insert(file.no, read);
        }
        let obeyed = set.obey(before, facts);
        self.over.configs.insert(name, obeyed.config.clone());
        Some(obeyed)
    }

    /// Lets a stack hold what its profile gives when the running stack refuses some of it at its start.
    pub fn refuse(&mut self, stack: &str, refused: Refused) {
        let Some(input) = self.snapshot.input(stack) else { return };
        let facts = Facts { refused, ..Facts::default() };
        self.hold(stack, db::folded_with(&self.snapshot.db, input, &facts).config);
    }

    /// Lets a stack hold something else from now on.
    pub fn hold(&mut self, stack: &str, config: Config) {
        if let Some(input) = self.snapshot.input(stack) {
            self.over.configs.insert(input.setup(&self.snapshot.db).name.clone(), config);
        }
    }

    /// What a stack would hold after a start from this text instead of its profile, and the number of the text in the places. None
    /// when there is no such stack.
    #[must_use]
    pub fn start(
        &self,
        stack: &str,
        text: &Arc<SourceText>,
        system: &dyn System,
    ) -> Option<(Config, FileNo)> {
        let input = self.snapshot.input(stack)?;
        let set = DataSet::read(&self.snapshot, input, text, Some(system), self.next, self.steps);
        Some((set.start(), FileNo(self.next)))
    }

    /// A text as a stack reads it. [`crate::obey::offset`] leads from places to where they are in it.
    #[must_use]
    pub fn parse(&self, stack: &str, text: &str) -> Vec<Placed> {
        let Some(input) = self.snapshot.input(stack) else { return Vec::new() };
        parse(text, input.setup(&self.snapshot.db).dialect.grammar()).sections
    }

    /// A data set that was applied, in the same way; one that an INCLUDE in a block or list brought, as what stands there.
    #[must_use]
    pub fn parsed(&self, stack: &str, file: FileNo) -> Vec<Placed> {
        let (Some(input), Some(read)) = (self.snapshot.input(stack), self.over.files.get(&file)) else {
            return Vec::new();
        };
        let grammar = input.setup(&self.snapshot.db).dialect.grammar();
        parse_inside(&read.source.text, grammar, read.inside).sections
    }

    /// Paths of the profile of a stack, in order.
    #[must_use]
    pub fn profiles(&self, stack: &str) -> Vec<Arc<str>> {
        let db = &self.snapshot.db;
        let of =
            |input: db::StackInput| input.profiles(db).iter().map(|file| Arc::clone(file.path(db))).collect();
        self.snapshot.input(stack).map_or_else(Vec::new, of)
    }

    /// What a stack holds by now, by its name in any case.
    #[must_use]
    pub fn config(&self, stack: &str) -> Option<&Config> {
        let input = self.snapshot.input(stack)?;
        let name = &input.setup(&self.snapshot.db).name;
        Some(match self.over.configs.get(name) {
            Some(config) => config,
            None => &db::folded(&self.snapshot.db, input).config,
        })
    }

    /// The lowered stack by now.
    #[must_use]
    pub fn model(&self, stack: &str) -> Option<StackModel> {
        let input = self.snapshot.input(stack)?;
        let (setup, config) = (input.setup(&self.snapshot.db), self.config(stack)?);
        Some(lower_stack(&Summary::new(setup, config), network(setup, config)))
    }

    /// Every finding by now, as the settings leave them: what was wrong with the profiles as texts, and what the rules say of what
    /// the stacks hold.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.snapshot.findings_over(&self.over)
    }

    /// What is wrong with a data set that was applied, as the settings leave it.
    #[must_use]
    pub fn findings_of(&self, stack: &str, obeyed: &Obeyed) -> Vec<Finding> {
        let named = |report: &Report| report.clone().stack(stack);
        let reports: Vec<Report> = obeyed.reports.iter().map(named).collect();
        self.snapshot.findings_from(&reports, &self.over)
    }

    /// A place in a data set that was applied; none for places in profiles.
    #[must_use]
    pub fn place(&self, at: At) -> Option<Place> {
        self.over.place(at)
    }

    /// The text at a place in a data set that was applied.
    #[must_use]
    pub fn text(&self, at: At) -> Option<String> {
        let source = &self.over.files.get(&at.section.file)?.source;
        let place = self.over.place(at)?;
        source.text.get(place.start.offset as usize..place.end.offset as usize).map(str::to_owned)
    }
}
