//! What is asked for once, as by `vipa lint`. A profile is read, applied and looked at as one stream: each run of statements is given up as soon as
//! it has been applied, and of a stack only findings and what its partners see stay. Whatever else is asked is read again, by the queries of `db`.
//!
//! Left to the queries from the beginning: profiles that several stacks read or that an INCLUDE brings, which they read once for all, and the
//! few cases in which a stream does not know enough to say the same as they.

mod foresee;
mod stream;

use std::collections::BTreeSet;
use std::sync::Arc;

use grammar::description::StatementId;
use rustc_hash::FxHashMap;

use crate::apply::Facts;
use crate::db::{Database, StackInput};
use crate::fold::Folded;
use crate::include::Brought;
use crate::levels::Asked;
use crate::place::{FileNo, SectionKey};
use crate::report::Report;
use crate::rules::{self, Check, StackView};
use crate::summary::Summary;
use crate::suppress::Allowance;

pub(crate) use foresee::{allowed, included};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Findings.
    Findings,
    /// What stacks hold.
    Configurations,
    /// Both.
    All,
}

impl Wanted {
    /// Whether findings are.
    pub(crate) fn findings(self) -> bool {
        match self {
            Self::Findings | Self::All => true,
            Self::Configurations => false,
        }
    }

    fn configurations(self) -> bool {
        match self {
            Self::Configurations | Self::All => true,
            Self::Findings => false,
        }
    }
}

/// The stacks that were looked at as streams.
#[derive(Default)]
pub(crate) struct Once {
    /// What was asked for.
    pub(crate) wanted: Option<Wanted>,
    pub(crate) stacks: FxHashMap<StackInput, Checked>,
    pub(crate) files: FxHashMap<FileNo, Looked>,
}

/// What stays of a stack.
pub(crate) struct Checked {
    /// Findings of reading and applying its profile and of the rules for one stack, as far as they are asked for.
    pub(crate) reports: Vec<Report>,
    /// What INCLUDEs have brought.
    pub(crate) brought: Vec<Brought>,
    /// What its partners see, where findings are wanted.
    pub(crate) summary: Option<Arc<Summary>>,
    /// What it holds, where that is wanted.
    pub(crate) folded: Option<Arc<Folded>>,
    /// What its profiles INCLUDE, each with the block that it stands in.
    pub(crate) includes: BTreeSet<(String, Option<StatementId>)>,
    pub(crate) files: Vec<(FileNo, Looked)>,
}

/// What stays of a profile.
pub(crate) struct Looked {
    /// Where its sections start, in order.
    names: Box<[Named]>,
    /// What is wrong with it as a data set.
    pub(crate) reports: Vec<Report>,
    /// What its comments allow.
    pub(crate) allowances: Vec<Allowance>,
}

/// The name of a section without its file, and where it starts.
#[derive(Clone, Copy)]
struct Named {
    hash: u32,
    nth: u32,
    start: u32,
}

impl Looked {
    /// The names of the sections of this file, with their starts.
    pub(crate) fn names(&self, file: FileNo) -> impl Iterator<Item = (SectionKey, u32)> + '_ {
        self.names
            .iter()
            .map(move |named| (SectionKey { file, hash: named.hash, nth: named.nth }, named.start))
    }
}

/// Looks at a stack. None where a stream does not know enough.
pub(crate) fn check(db: &Database, stack: StackInput, asked: &Asked, wanted: Wanted) -> Option<Checked> {
    let facts = Facts::default();
    let stream::Told { folded, mut reports, brought, includes, files } = stream::read(db, stack, &facts)?;
    let setup = stack.setup(db);
    let brought: Vec<Brought> = brought.into_values().collect();
    let folded = Folded { reports: Vec::new(), brought: brought.clone(), ..folded };
    let kept = |folded: Folded, reports: Vec<Report>| Some(Arc::new(Folded { reports, ..folded }));
    if !wanted.findings() {
        let folded = kept(folded, reports);
        return Some(Checked { reports: Vec::new(), brought, summary: None, folded, includes, files });
    }
    let of_profile = wanted.configurations().then(|| reports.clone());
    let view = StackView { setup, config: &folded.config };
    for (rule, _) in rules::RULES {
        if let Check::Stack(check) = rule.check
            && asked.rule(rule.name)
        {
            check(&view, &mut reports);
        }
    }
    folded.config.undetermined.leave_out(&mut reports);
    reports.retain(|report| asked.finding(report.rule, report.confidence));
    let summary = Some(Arc::new(Summary::new(setup, &folded.config)));
    let folded = of_profile.and_then(|of_profile| kept(folded, of_profile));
    Some(Checked { reports, brought, summary, folded, includes, files })
}

impl Once {
    /// The findings of a stack.
    pub(crate) fn findings(&self, stack: StackInput) -> Option<(&Checked, &Arc<Summary>)> {
        let checked = self.stacks.get(&stack)?;
        Some((checked, checked.summary.as_ref()?))
    }

    /// Adds a stack.
    pub(crate) fn add(&mut self, stack: StackInput, mut checked: Checked) {
        self.files.extend(checked.files.drain(..));
        self.stacks.insert(stack, checked);
    }
}
