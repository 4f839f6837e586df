//! A written profile that is not right yet: what a start from it gives beyond what is wanted is cut out of it.
//!
//! Statements that the stack has refused may be taken when another order, or the lack of what stood in their way, lets them.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use compiler::obey::offset;
use compiler::place::At;
use compiler::running::Running;
use compiler::source::SourceText;
use compiler::statements::Config;
use compiler::system::System;
use grammar::tree::{Section, Word};
use serde_json::Value;

use super::cut::{self, Cut, Cuts, Live, Span};
use super::edit::starting;
use super::marks;
use super::targets::Distributed;
use crate::change::Line;
use crate::change::config::{comparable, difference};
use crate::config::without_places;

/// A text with what a start from it gives otherwise.
pub(super) struct Tried {
    pub(super) text: String,
    pub(super) differs: Vec<Line>,
    started: Value,
    file: compiler::place::FileNo,
}

/// Starts a stack from a text.
pub(super) fn attempt(
    running: &Running,
    system: &dyn System,
    stack: &str,
    text: String,
    wanted: &Value,
) -> Option<Tried> {
    let source = Arc::new(SourceText::new(&text));
    let (started, file) = running.start(stack, &source, system)?;
    let differs = difference(wanted, &comparable(&started));
    let started = serde_json::to_value::<Config>(started).ok()?;
    Some(Tried { text, differs, started, file })
}

/// Cuts out what is too much, as long as that helps.
pub(super) fn mended(
    running: &Running,
    system: &dyn System,
    stack: &str,
    mut tried: Tried,
    wanted: &Value,
    distributed: Option<&Distributed>,
) -> Tried {
    // What is cut may let the next refused statement in.
    const IN_VAIN: usize = 4;
    let (mut text, mut in_vain) = (without_surplus(running, stack, &tried, wanted, distributed), 0);
    while let Some(next) = text.take().filter(|_| !tried.differs.is_empty() && in_vain < IN_VAIN) {
        let Some(next) = attempt(running, system, stack, next, wanted) else { break };
        text = without_surplus(running, stack, &next, wanted, distributed);
        in_vain += 1;
        if next.differs.len() < tried.differs.len() {
            (tried, in_vain) = (next, 0);
        }
    }
    tried
}

/// The text without the entries that are too much. None when there are none.
fn without_surplus(
    running: &Running,
    stack: &str,
    tried: &Tried,
    wanted: &Value,
    distributed: Option<&Distributed>,
) -> Option<String> {
    let mut live = Live { distributed, by_entry: true, ..Live::default() };
    let parts = tried.started.as_object()?;
    for (part, fields) in parts {
        let Some(fields) = fields.as_object() else { continue };
        for (field, list) in fields {
            let Some(list) = list.as_array() else { continue };
            let known = wanted.get(part).and_then(|part| part.get(field)).and_then(Value::as_array);
            let mut left: Vec<&Value> = known.into_iter().flatten().collect();
            for entry in list {
                let plain = without_places(entry.clone());
                let place = left.iter().position(|one| **one == plain);
                let mut all = BTreeSet::new();
                marks(entry, &mut all);
                let here = all.iter().filter(|at: &&At| at.section.file == tried.file).map(|at| offset(*at));
                match place {
                    Some(place) => {
                        left.swap_remove(place);
                        live.kept.extend(here);
                    }
                    None => live.gone.extend(here),
                }
            }
        }
    }
    let names = |value: &Value| -> BTreeSet<String> {
        let list = value.pointer("/start/running").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let stopped = names(&tried.started).difference(&names(wanted)).cloned().collect();
    let live = live.sorted();
    let missing: BTreeSet<IpAddr> = dvipas(wanted).difference(&dvipas(&tried.started)).copied().collect();
    let mut cuts = Cuts::new();
    for placed in running.parse(stack, &tried.text) {
        cut::section(&placed.section, placed.start, &live, &mut cuts);
        cuts.extend(starting(&placed.section, placed.start, &stopped));
        cuts.extend(deleting(&placed.section, placed.start, &missing));
    }
    let mut edits = cuts.iter().map(|(span, cut)| (*span, cut.instead(&tried.text, span.0))).collect();
    for placed in running.parse(stack, &tried.text) {
        cut::empty_blocks(&placed.section, placed.start, &mut edits);
    }
    (!cuts.is_empty()).then(|| cut::apply(&tried.text, &edits))
}

/// The DVIPAs of a configuration.
fn dvipas(config: &Value) -> BTreeSet<IpAddr> {
    let list = config.pointer("/dvipa/list").and_then(Value::as_array);
    let address = |one: &Value| one.get("address")?.as_str()?.parse().ok();
    list.into_iter().flatten().filter_map(address).collect()
}

/// What a section has of VIPADELETE for these: an old one takes off what has come to stand before it.
fn deleting(section: &Section, base: u32, missing: &BTreeSet<IpAddr>) -> Vec<(Span, Cut)> {
    let mut cuts = Vec::new();
    for view in section.views().filter(|view| view.name() == "VIPADELETE") {
        let end = base + view.stmt.extent.end();
        let words: Vec<_> = view.parts.tokens().map(|(_, word)| word).collect();
        let named = |word: &Word<'_>| word.ip().is_some_and(|address| missing.contains(&address));
        if words.iter().all(named) {
            cuts.push(((base + view.stmt.extent.start, end), Cut::new(None, end)));
            continue;
        }
        let gone = words.iter().filter(|word| named(word)).map(|word| word.span);
        cuts.extend(gone.map(|span| ((base + span.start, base + span.end()), Cut::new(None, end))));
    }
    cuts
}
