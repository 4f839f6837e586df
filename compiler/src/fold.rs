//! A data set applied to a stack, in the stack's order of execution, with its tolerance: what it drops is dropped here (01 1.5, 1.6).

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::lookup;

use crate::apply::{Apply, Change, Console, Facts, Phase};
use crate::include::Brought;
use crate::place::{At, FileNo};
use crate::report::Report;
use crate::setup::StackSetup;
use crate::statements::{self, Config, Typed};

/// A statement on its way into a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which statement.
    pub id: Option<StatementId>,
    /// Its meaning.
    pub typed: Typed,
    /// Its name in the text.
    pub at: At,
    /// Stands in a block.
    pub in_block: bool,
    /// The stack drops it.
    pub dropped: bool,
    /// The stack drops what follows in the block.
    pub stops_block: bool,
    /// A block or list without its END: the stack takes the rest of the data set as part of it.
    pub unclosed: bool,
    /// The INCLUDEs that led to it.
    pub trail: Arc<[At]>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// What the stack holds.
    pub config: Config,
    /// Effects, in order of execution.
    pub changes: Vec<Change>,
    /// Console messages, in order.
    pub console: Vec<Console>,
    /// Findings.
    pub reports: Vec<Report>,
    /// What INCLUDEs have brought.
    pub brought: Vec<Brought>,
}

/// A stack that reads its profile.
#[must_use]
pub fn fold(items: &[Item], setup: &StackSetup) -> Folded {
    let _ = setup;
    fold_onto(Config::default(), items, Phase::Initial, &Facts::default())
}

/// A data set on what a stack holds.
#[must_use]
pub fn fold_onto(config: Config, items: &[Item], phase: Phase, facts: &Facts) -> Folded {
    let mut folded =
        Folded { config, changes: Vec::new(), console: Vec::new(), reports: Vec::new(), brought: Vec::new() };
    let mut counts: BTreeMap<Option<StatementId>, usize> = BTreeMap::new();
    // VIPADYNAMIC comes after everything else (LX-31), and what says so itself behind that (LX-33).
    let turn = |item: &&Item, wanted: Turn| Turn::of(item) == wanted;
    let taken = taken(items);
    let first = taken.iter().copied().filter(|item| turn(item, Turn::InOrder));
    let second = taken.iter().copied().filter(|item| turn(item, Turn::Dynamic));
    let third = taken.iter().copied().filter(|item| turn(item, Turn::Last));
    let mut stopped = false;
    let mut last = At::default();
    for item in first.chain(second).chain(third) {
        last = item.at;
        if !item.in_block {
            stopped = false;
        }
        if stopped && !item.dropped {
            continue;
        }
        let count = counts.entry(item.id).or_insert(0);
        let mut cx = Apply {
            config: &mut folded.config,
            phase,
            facts,
            at: item.at,
            nth: *count,
            stop_block: false,
            changes: &mut folded.changes,
            console: &mut folded.console,
            reports: &mut folded.reports,
        };
        if item.dropped {
            statements::dropped(&item.typed, &mut cx);
            stopped |= item.stops_block;
            continue;
        }
        statements::apply(&item.typed, &mut cx);
        stopped |= item.in_block && (item.stops_block || cx.stop_block);
        *count += 1;
    }
    statements::end(&mut Apply {
        config: &mut folded.config,
        phase,
        facts,
        at: last,
        nth: 0,
        stop_block: false,
        changes: &mut folded.changes,
        console: &mut folded.console,
        reports: &mut folded.reports,
    });
    folded
}

/// When in a data set a statement has its turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    InOrder,
    Dynamic,
    Last,
}

impl Turn {
    fn of(item: &Item) -> Self {
        if statements::runs_last(&item.typed) {
            Self::Last
        } else if is_dynamic(item.id) {
            Self::Dynamic
        } else {
            Self::InOrder
        }
    }
}

/// The statements that the stack sees as statements: behind a block or list without its END, the rest of the data set is part of it (LX-08).
fn taken(items: &[Item]) -> Vec<&Item> {
    let mut open: Option<FileNo> = None;
    let mut taken = Vec::with_capacity(items.len());
    for item in items {
        if open.is_some_and(|file| file == item.at.section.file) && !item.in_block {
            continue;
        }
        open = if item.unclosed { Some(item.at.section.file) } else { open };
        taken.push(item);
    }
    taken
}

/// VIPADYNAMIC and its statements, also where the founding documents write them outside it.
fn is_dynamic(id: Option<StatementId>) -> bool {
    let desc = id.and_then(lookup::statement);
    desc.is_some_and(|desc| desc.name == "VIPADYNAMIC" || desc.blocks.contains(&"VIPADYNAMIC"))
}
