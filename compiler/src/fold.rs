//! A data set applied to a stack, in the stack's order of execution, with its tolerance: what it drops is dropped here (01 1.5, 1.6).

use grammar::description::StatementId;
use grammar::lookup;

use crate::apply::{Apply, Change, Console, Facts, Kind, Phase};
use crate::continued::wholes;
use crate::include::Brought;
use crate::place::{At, FileNo};
use crate::report::Report;
use crate::section::Read1;
use crate::statements::{self, Config, Typed, names};

/// A statement on its way into a stack.
#[derive(Clone, Copy, Debug)]
pub struct Item<'r> {
    /// As it was read.
    pub(crate) read: &'r Read1,
    /// Stands in a block.
    pub(crate) in_block: bool,
    /// For INCLUDE: the block or list that it stands in.
    pub(crate) host: Option<StatementId>,
    /// An INCLUDE that cannot be followed.
    pub(crate) hole: bool,
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

/// A data set on what a stack holds.
#[must_use]
pub fn fold_onto(config: Config, items: &[Item<'_>], phase: Phase, facts: &Facts) -> Folded {
    // Without an INCLUDE in a list, which is as good as always, the items are taken as they are.
    let wholes = if items.iter().any(|item| item.read.part.is_some()) { wholes(items) } else { Vec::new() };
    let joined = joined(items, &wholes);
    let items = joined.as_deref().unwrap_or(items);
    let mut fold = Fold::new(config, phase, facts);
    let (mut second, mut third) = (Vec::new(), Vec::new());
    for item in items {
        match fold.read(item) {
            Turn::Over => {}
            Turn::Dynamic => second.push(item),
            Turn::Last => third.push(item),
        }
    }
    second.into_iter().chain(third).for_each(|item| fold.apply(item));
    fold.end()
}

/// A data set while it is applied.
pub(crate) struct Fold<'f> {
    folded: Folded,
    phase: Phase,
    facts: &'f Facts,
    /// How many of each statement there were; words that are none come first.
    counts: Vec<usize>,
    /// The rest of the block is ignored.
    stopped: bool,
    stopper: Option<Stopper>,
    last: At,
    /// A data set with a block or list without its END: the rest of it is part of that (LX-08).
    open: Option<FileNo>,
}

impl<'f> Fold<'f> {
    pub(crate) fn new(config: Config, phase: Phase, facts: &'f Facts) -> Self {
        Self {
            folded: Folded {
                config,
                changes: Vec::new(),
                console: Vec::new(),
                reports: Vec::new(),
                brought: Vec::new(),
            },
            phase,
            facts,
            counts: vec![0; grammar::STATEMENTS.len() + 1],
            stopped: false,
            stopper: None,
            last: At::default(),
            open: None,
        }
    }

    /// Has fetched from memory what some statements will ask for: of these a profile may have hundreds of thousands.
    pub(crate) fn fetch(&self, statements: &[Read1]) {
        let config = &self.folded.config;
        for read in statements {
            if let Typed::Link(link) = &read.typed {
                link.fetch(&config.link.links);
            } else if let Typed::Device(device) = &read.typed {
                device.fetch(&config.device.devices);
            } else if let Typed::Route(route) = &read.typed {
                route.fetch(&config.beginroutes.routes);
            }
        }
    }

    /// A statement in its turn in the text. Applies it unless it has its turn later; then it is for the caller to bring again.
    pub(crate) fn read(&mut self, item: &Item<'_>) -> Turn {
        let file = item.read.at.section.file;
        if self.open == Some(file) && !item.in_block {
            return Turn::Over;
        }
        if item.read.unclosed {
            self.open = Some(file);
        }
        let turn = Turn::of(item.read);
        if turn == Turn::Over {
            self.apply(item);
        }
        turn
    }

    /// A statement in its turn.
    pub(crate) fn apply(&mut self, item: &Item<'_>) {
        let Self { folded, phase, facts, counts, stopped, stopper, last, .. } = self;
        let (phase, facts) = (*phase, *facts);
        let in_block = item.in_block;
        if item.hole {
            folded.config.undetermined.not_included(item.host);
        }
        let item = item.read;
        *last = item.at;
        if let Some(statement) = &item.undetermined {
            folded.config.undetermined.add(statement);
        }
        if !in_block {
            *stopped = false;
            // There is hardly ever one, and it holds a whole configuration: not to be moved for each statement.
            if stopper.is_some() {
                Stopper::tell(stopper.take(), &mut folded.reports);
            }
        }
        if *stopped && !item.dropped {
            if phase == Phase::Obey {
                missed(item, folded, facts);
            }
            if let Some(stopper) = stopper {
                stopper.miss(&item.typed, item.at, facts);
            }
            return;
        }
        let Some(count) = counts.get_mut(item.id.map_or(0, |id| usize::from(id.0) + 1)) else { return };
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
            *stopped |= item.stops_block;
            return;
        }
        statements::apply(&item.typed, &mut cx);
        let stops = cx.stop_block;
        if stops && !*stopped {
            *stopper = Stopper::new(folded);
        }
        *stopped |= in_block && (item.stops_block || stops);
        *count += 1;
    }

    /// The end of the data set.
    pub(crate) fn end(self) -> Folded {
        let Self { mut folded, phase, facts, stopper, last, .. } = self;
        Stopper::tell(stopper, &mut folded.reports);
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
        names::stand_behind(&folded.config, &mut folded.reports);
        folded.config.undetermined.leave_out(&mut folded.reports);
        folded
    }
}

/// The items with lists in place of their pieces; None when there are no pieces.
fn joined<'r>(items: &[Item<'r>], wholes: &'r [(usize, Read1)]) -> Option<Vec<Item<'r>>> {
    if !items.iter().any(|item| item.read.part.is_some()) {
        return None;
    }
    let mut wholes = wholes.iter().peekable();
    let mut joined = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.read.part.is_none()) {
        let whole = wholes.next_if(|(place, _)| *place == index);
        joined.push(whole.map_or(*item, |(_, read)| Item { read, ..*item }));
    }
    Some(joined)
}

/// A statement that made the stack ignore the rest of its block, with what is lost by that.
struct Stopper {
    report: usize,
    scratch: Config,
    lost: Vec<String>,
}

impl Stopper {
    fn new(folded: &Folded) -> Option<Self> {
        let report = folded.reports.len().checked_sub(1)?;
        Some(Self { report, scratch: folded.config.clone(), lost: Vec::new() })
    }

    /// A statement that is not applied: applied for show, as by OBEYFILE, it says what it would have done.
    fn miss(&mut self, typed: &Typed, at: At, facts: &Facts) {
        let (mut changes, mut console, mut reports) = (Vec::new(), Vec::new(), Vec::new());
        statements::apply(
            typed,
            &mut Apply {
                config: &mut self.scratch,
                phase: Phase::Obey,
                facts,
                at,
                nth: 0,
                stop_block: false,
                changes: &mut changes,
                console: &mut console,
                reports: &mut reports,
            },
        );
        self.lost.extend(changes.into_iter().map(|change| change.what));
    }

    fn tell(stopper: Option<Self>, reports: &mut [Report]) {
        let Some(stopper) = stopper.filter(|stopper| !stopper.lost.is_empty()) else { return };
        if let Some(report) = reports.get_mut(stopper.report) {
            report.notes.push(format!(
                "lost with it: {}",
                crate::lost::list(stopper.lost.iter().cloned(), stopper.lost.len())
            ));
        }
    }
}

/// A statement that an OBEYFILE brings in vain: each thing that it would have done is refused.
fn missed(item: &Read1, folded: &mut Folded, facts: &Facts) {
    let (mut changes, mut console, mut reports) = (Vec::new(), Vec::new(), Vec::new());
    let mut scratch = folded.config.clone();
    statements::apply(
        &item.typed,
        &mut Apply {
            config: &mut scratch,
            phase: Phase::Obey,
            facts,
            at: item.at,
            nth: 0,
            stop_block: false,
            changes: &mut changes,
            console: &mut console,
            reports: &mut reports,
        },
    );
    folded.changes.extend(changes.into_iter().map(|change| Change {
        kind: Kind::Refused,
        why: "a mistake above makes the stack ignore the rest of the block".to_owned(),
        ..change
    }));
}

/// When in a data set a statement has its turn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It has had it.
    Over,
    /// Behind everything else (LX-31).
    Dynamic,
    /// Behind that, as it says so itself (LX-33).
    Last,
}

impl Turn {
    fn of(item: &Read1) -> Self {
        if statements::runs_last(&item.typed) {
            Self::Last
        } else if is_dynamic(item.id) {
            Self::Dynamic
        } else {
            Self::Over
        }
    }
}

/// VIPADYNAMIC and its statements, also where the founding documents write them outside it.
fn is_dynamic(id: Option<StatementId>) -> bool {
    let desc = id.and_then(lookup::statement);
    desc.is_some_and(|desc| desc.name == "VIPADYNAMIC" || desc.blocks.contains(&"VIPADYNAMIC"))
}
