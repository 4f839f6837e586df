//! What the profile must become so that the next restart gives what the plan ends with.
//!
//! Every entry of a configuration knows the place that made it. What is in force no longer is cut out of the profile where it
//! stands, what the data sets brought is put in, and all other words and comments stay. The text is then put to the test: a
//! stack starts from it, and what still differs is told.

mod added;
mod cut;
mod edit;
mod members;
mod mend;
mod targets;

use std::collections::BTreeSet;

use compiler::obey::{Obeyed, Stated};
use compiler::place::At;
use compiler::running::Running;
use compiler::statements::Config;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Ask;
use super::play::json;
use crate::change::Line;
use crate::change::config::{comparable, difference};
use added::added;
use edit::{Edits, InPlace};
use mend::{Tried, attempt, mended};
use targets::Distributed;

/// The profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Profile {
    /// Its files as they are, in order.
    pub files: Vec<String>,
    /// Whether it must change at all, so that a start from it gives what runs behind the plan.
    pub changes: bool,
    /// What the stack held before the plan and the profile does not give.
    pub behind: Vec<Line>,
    /// The whole text that takes their place.
    pub text: String,
    /// What a start from that text still changes: what only a running stack can be, and what is to be edited by hand.
    pub differs: Vec<Line>,
    /// What else is to be known.
    pub notes: Vec<String>,
}

/// Makes the profile of a stack that held what `begun` says before the plan and holds what `running` says behind it, by all data sets
/// since its start. None when there is no such stack.
pub(super) fn profile(
    begun: &Running,
    running: &Running,
    ask: &Ask<'_>,
    stack: &str,
    history: &[Obeyed],
) -> Option<Profile> {
    let wanted = json(running, stack);
    let files = running.profiles(stack);
    let base = &ask.snapshot.folded(stack)?.config;
    let last = running.config(stack)?;
    let mut notes = Vec::new();
    for file in &files {
        let others: Vec<String> = ask
            .snapshot
            .readers(file)
            .iter()
            .map(|reader| reader.setup.name.clone())
            .filter(|name| !name.eq_ignore_ascii_case(stack))
            .collect();
        if !others.is_empty() {
            notes.push(format!(
                "{file} is the profile of {} as well: this text is for {stack}",
                others.join(", ")
            ));
        }
    }
    let (kept, was) = (places(last), places(base));
    let distributed = [true, false].map(|strict| Distributed::new(last, strict));
    let (stopped, replaced) = (stopped(base, last), replaced(history));
    let mut best: Option<Tried> = None;
    for (by_meaning, deletes, in_place) in candidates() {
        let distributed = by_meaning.and_then(|strict| distributed.iter().find(|one| one.strict == strict));
        let pieces = added(running, stack, history, &kept, last, distributed, deletes);
        let edits = Edits::new(ask.snapshot, stack, &kept, &was, &stopped, &replaced, distributed);
        let text = edits.text(&files, &pieces, in_place);
        let Some(tried) = attempt(running, ask.system, stack, text, &wanted) else { continue };
        let tried = mended(running, ask.system, stack, tried, &wanted, distributed);
        if best.as_ref().is_none_or(|known| tried.differs.len() < known.differs.len()) {
            best = Some(tried);
        }
        if best.as_ref().is_some_and(|best| best.differs.is_empty()) {
            break;
        }
    }
    let Tried { text, differs, .. } = best?;
    let base = comparable(base);
    let changes = !difference(&base, &wanted).is_empty();
    let behind = difference(&base, &json(begun, stack));
    let files = files.iter().map(ToString::to_string).collect();
    Some(Profile { files, changes, behind, text, differs, notes })
}

/// The ways to write the profile, the plainest first: whether VIPADISTRIBUTE goes by what is distributed, and how strictly; whether
/// statements that take off stay; and what takes the place of old definitions.
fn candidates() -> impl Iterator<Item = (Option<bool>, bool, InPlace)> {
    // What takes off is the last resort: a profile says what is, and not how it came about.
    let ways = [false, true].into_iter();
    let ways = ways.flat_map(|deletes| [None, Some(true), Some(false)].map(|way| (way, deletes)));
    let places = [InPlace::All, InPlace::Definitions, InPlace::None];
    ways.flat_map(move |(by_meaning, deletes)| places.map(|place| (by_meaning, deletes, place)))
}

/// Lists that the data sets have replaced as a whole.
fn replaced(history: &[Obeyed]) -> BTreeSet<String> {
    const LISTS: [&str; 7] =
        ["HOME", "BEGINROUTES", "SRCIP", "IPSEC", "NETACCESS", "TRANSLATE", "DEFADDRTABLE"];
    let names = history.iter().flat_map(|obeyed| &obeyed.statements).filter(|one| !one.dropped);
    names.map(|one| one.name.clone()).filter(|name| LISTS.contains(&name.as_str())).collect()
}

/// Whether a place is in a statement.
pub(super) fn inside(one: &Stated, at: At) -> bool {
    let (extent, start) = (one.extent, at.span.start);
    extent.section == at.section && start >= extent.span.start && start < extent.span.end()
}

/// Names that ran and run no longer.
fn stopped(base: &Config, last: &Config) -> BTreeSet<String> {
    let running = |config: &Config| -> BTreeSet<String> {
        let value = serde_json::to_value(&config.start).unwrap_or(Value::Null);
        let list = value.get("running").and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(Value::as_str).map(str::to_uppercase).collect()
    };
    running(base).difference(&running(last)).cloned().collect()
}

/// Every place that an entry of a configuration names.
pub(super) fn places(config: &Config) -> BTreeSet<At> {
    let mut all = BTreeSet::new();
    marks(&serde_json::to_value(config).unwrap_or(Value::Null), &mut all);
    all
}

/// The places that a value has in it.
fn marks(value: &Value, into: &mut BTreeSet<At>) {
    match value {
        Value::String(text) => into.extend(At::of_mark(text)),
        Value::Array(list) => list.iter().for_each(|inner| marks(inner, into)),
        Value::Object(fields) => fields.values().for_each(|inner| marks(inner, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
