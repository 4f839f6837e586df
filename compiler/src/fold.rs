//! A data set applied to a stack, in the stack's order of execution, with its tolerance: what it drops is dropped here (01 1.5, 1.6).

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::lookup;

use crate::apply::{Apply, Change, Console, Facts, Phase};
use crate::place::At;
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
    let mut folded = Folded { config, changes: Vec::new(), console: Vec::new(), reports: Vec::new() };
    let mut counts: BTreeMap<Option<StatementId>, usize> = BTreeMap::new();
    // VIPADYNAMIC comes after everything else (LX-31).
    let dynamic = |item: &&Item| is_dynamic(item.id);
    let first = items.iter().filter(|item| !dynamic(item));
    let second = items.iter().filter(dynamic);
    let mut stopped = false;
    for item in first.chain(second) {
        if !item.in_block {
            stopped = false;
        }
        if stopped || item.dropped {
            stopped |= item.stops_block;
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
        statements::apply(&item.typed, &mut cx);
        stopped |= item.in_block && (item.stops_block || cx.stop_block);
        *count += 1;
    }
    folded
}

/// VIPADYNAMIC and its statements, also where the founding documents write them outside it.
fn is_dynamic(id: Option<StatementId>) -> bool {
    let desc = id.and_then(lookup::statement);
    desc.is_some_and(|desc| desc.name == "VIPADYNAMIC" || desc.blocks.contains(&"VIPADYNAMIC"))
}
