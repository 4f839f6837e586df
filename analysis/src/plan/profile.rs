//! What the profile must become so that the next restart gives what the plan ends with.
//!
//! Every entry of a configuration knows the place that made it. What is in force no longer is cut out of the profile where it
//! stands, what the data sets brought is put in, and all other words and comments stay. The text is then put to the test: a
//! stack starts from it, and what still differs is told.

mod edit;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use compiler::apply::Kind;
use compiler::obey::{Obeyed, Stated};
use compiler::place::At;
use compiler::running::Running;
use compiler::source::SourceText;
use compiler::statements::Config;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Ask;
use super::play::json;
use crate::change::Line;
use crate::change::config::difference;
use crate::config::without_places;
use edit::Edits;

/// The profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Profile {
    /// Its files as they are, in order.
    pub files: Vec<String>,
    /// Whether it must change at all.
    pub changes: bool,
    /// The whole text that takes their place.
    pub text: String,
    /// What a start from that text still gives otherwise: what only a restart changes, and what is to be edited by hand.
    pub differs: Vec<Line>,
    /// What else is to be known.
    pub notes: Vec<String>,
}

/// Statements whose entries know their places; of others only what has an effect is known.
const PLACED: &[&str] = &[
    "AUTOLOG",
    "BEGINROUTES",
    "BSDROUTINGPARMS",
    "DEFADDRTABLE",
    "DEVICE",
    "GATEWAY",
    "HOME",
    "INTERFACE",
    "LINK",
    "NETACCESS",
    "PORT",
    "PORTRANGE",
    "PRIMARYINTERFACE",
    "ROUTE",
    "SRCIP",
    "TRANSLATE",
    "VIPABACKUP",
    "VIPADEFINE",
    "VIPADYNAMIC",
    "VIPARANGE",
    "VIPAROUTE",
    "VIPADISTRIBUTE",
];

/// Statements that only take something off: what they did is cut out.
const TAKE_OFF: &[&str] = &["DELETE", "STOP", "VIPADELETE", "INCLUDE"];

/// Makes the profile of a stack. None when there is no such stack.
pub(super) fn profile(running: &Running, ask: &Ask<'_>, stack: &str, history: &[Obeyed]) -> Option<Profile> {
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
    let added = Added::new(running, history, &kept, last, false);
    let with_deletes = Added::new(running, history, &kept, last, true);
    let mut best: Option<(String, Vec<Line>)> = None;
    for (in_place, cuts, added) in [
        (true, true, &added),
        (false, true, &added),
        (true, true, &with_deletes),
        (false, false, &with_deletes),
    ] {
        let mut edits = Edits::new(ask.snapshot, stack, &kept, &was);
        if cuts {
            edits.cut(&stopped(base, last));
        }
        let text = edits.text(&files, added, in_place);
        let source = Arc::new(SourceText::new(&text));
        let Some(started) = running.start(stack, &source, ask.system) else { continue };
        let started = without_places(serde_json::to_value(&started).unwrap_or(Value::Null));
        let differs = difference(&started, &wanted);
        let better = best.as_ref().is_none_or(|(_, known)| differs.len() < known.len());
        let fits = differs.is_empty();
        if better {
            best = Some((text, differs));
        }
        if fits {
            break;
        }
    }
    let (text, differs) = best?;
    let changes = difference(&without_places(serde_json::to_value(base).ok()?), &wanted) != Vec::new();
    let files = files.iter().map(ToString::to_string).collect();
    Some(Profile { files, changes, text, differs, notes })
}

/// What the data sets brought and is still in force.
pub(super) struct Added {
    /// Statements that replace a list, with their names: they may take the place of the old list.
    pub(super) lists: Vec<(String, String)>,
    /// Other statements.
    pub(super) plain: Vec<String>,
    /// Statements of VIPADYNAMIC that define DVIPAs, with the addresses: they may take the place of the old definition, which has to
    /// stand before VIPADISTRIBUTE.
    pub(super) defined: Vec<(BTreeSet<IpAddr>, String)>,
    /// Other statements of VIPADYNAMIC.
    pub(super) dynamic: Vec<String>,
}

impl Added {
    /// `deletes` takes in what takes ports and targets off a distribution, too.
    fn new(running: &Running, history: &[Obeyed], kept: &BTreeSet<At>, last: &Config, deletes: bool) -> Self {
        let mut added =
            Self { lists: Vec::new(), plain: Vec::new(), defined: Vec::new(), dynamic: Vec::new() };
        for obeyed in history {
            let is_whole =
                |one: &Stated| matches!(one.name.as_str(), "BEGINROUTES" | "SRCIP" | "AUTOLOG" | "NETACCESS");
            for (number, one) in obeyed.statements.iter().enumerate() {
                let inner = obeyed.statements.iter().enumerate();
                let has_children =
                    inner.clone().any(|(other, stated)| other != number && inside(one, stated.at));
                let in_whole = inner
                    .clone()
                    .any(|(other, host)| other != number && is_whole(host) && inside(host, one.at));
                if in_whole || (has_children && !is_whole(one)) || TAKE_OFF.contains(&one.name.as_str()) {
                    continue;
                }
                let takes_off = deletes
                    && one.name == "VIPADISTRIBUTE"
                    && obeyed
                        .changes
                        .iter()
                        .any(|change| inside(one, change.at) && change.kind == Kind::Removed);
                if !takes_off && !contributes(one, obeyed, kept, last) {
                    continue;
                }
                let Some(text) = running.text(one.extent) else { continue };
                match one.name.as_str() {
                    "HOME" | "BEGINROUTES" | "SRCIP" | "TRANSLATE" | "DEFADDRTABLE" | "GATEWAY" => {
                        added.lists.push((one.name.clone(), text));
                    }
                    "VIPADEFINE" | "VIPABACKUP" => {
                        let ours = obeyed.changes.iter().filter(|change| inside(one, change.at));
                        let addresses = ours.filter_map(|change| change.what.split_whitespace().nth(1));
                        let addresses = addresses.filter_map(|word| word.parse().ok()).collect();
                        added.defined.push((addresses, text));
                    }
                    name if name.starts_with("VIPA") => added.dynamic.push(text),
                    _ => added.plain.push(text),
                }
            }
        }
        added
    }
}

/// Whether a statement brought something that is still in force.
fn contributes(one: &Stated, obeyed: &Obeyed, kept: &BTreeSet<At>, last: &Config) -> bool {
    let brought = obeyed
        .changes
        .iter()
        .any(|change| inside(one, change.at) && matches!(change.kind, Kind::Added | Kind::Replaced));
    if one.name == "START" {
        let words = obeyed.changes.iter().filter(|change| inside(one, change.at));
        let mut names = words.filter_map(|change| change.what.split_whitespace().nth(1));
        return brought && names.any(|name| last.start.running.contains(name));
    }
    let placed = PLACED.contains(&one.name.as_str());
    let in_force = kept.iter().any(|at| inside(one, *at));
    // Targets and ports may have been added to an entry that another statement made.
    in_force || (brought && (!placed || one.name == "VIPADISTRIBUTE"))
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
    fn walk(value: &Value, into: &mut BTreeSet<At>) {
        match value {
            Value::String(text) => into.extend(At::of_mark(text)),
            Value::Array(list) => list.iter().for_each(|inner| walk(inner, into)),
            Value::Object(fields) => fields.values().for_each(|inner| walk(inner, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut all = BTreeSet::new();
    walk(&serde_json::to_value(config).unwrap_or(Value::Null), &mut all);
    all
}
