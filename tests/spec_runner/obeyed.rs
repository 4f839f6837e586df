//! OBEYFILEs of a spec: put onto the stacks of their section, and held against what their comments say becomes of each statement.

use std::collections::BTreeMap;
use std::sync::Arc;

use compiler::Snapshot;
use compiler::apply::Kind as Effect;
use compiler::obey::Obeyed as Step1;
use compiler::place::At;
use compiler::source::SourceText;
use compiler::statements::Config;
use compiler::system::MemorySystem;
use serde_json::Value;

use super::assertion::{self, CONSOLE, Of, Seen};
use super::case::{Case, CaseFile};
use super::check::{Checked, compare, line, plain};
use super::engine::{Engine, Obeyed, Step};
use super::info::Kind;

/// The data sets of a stack so far.
#[derive(Default)]
struct Given {
    sources: Vec<Arc<SourceText>>,
    paths: Vec<Arc<str>>,
}

/// Puts data sets onto stacks, each as the ones before have left it.
pub fn obey(snapshot: &Snapshot, files: &MemorySystem, steps: &[Step<'_>]) -> Result<Vec<Obeyed>, String> {
    let stacks = snapshot.stacks();
    let mut before: BTreeMap<String, Given> = BTreeMap::new();
    let mut done = Vec::new();
    for step in steps {
        let stack = match (step.stack, &stacks[..]) {
            (Some(stack), _) => stack.to_owned(),
            (None, [only]) => only.clone(),
            (None, _) => return Err(format!("{} does not say for which of {stacks:?}", step.path)),
        };
        let Given { sources, paths } = before.entry(stack.clone()).or_default();
        sources.push(Arc::new(SourceText::new(step.text)));
        paths.push(step.path.into());
        let all = snapshot.obey_with(&stack, sources, files);
        let all = all.ok_or_else(|| format!("there is no stack {stack}"))?;
        done.push(one(snapshot, stack, &all, paths));
    }
    Ok(done)
}

fn one(snapshot: &Snapshot, stack: String, all: &[Step1], paths: &[Arc<str>]) -> Obeyed {
    let last = all.last().expect("a step gives something");
    let findings = snapshot.obey_findings(&stack, all, paths);
    let mut seen: Vec<(Arc<str>, Seen)> =
        findings.iter().map(|finding| (Arc::clone(&finding.place.file), Seen::finding(finding))).collect();
    let mut see = |at: At, word: &'static str, name: &str, text: String| {
        // What stands nowhere is the data set's as a whole.
        let place = snapshot.obey_place(last, paths, at);
        let (file, record) =
            place.map_or((Arc::clone(&paths[paths.len() - 1]), 1), |place| (place.file, place.start.record));
        seen.push((file, Seen { record, word, name: name.to_owned(), text }));
    };
    for change in &last.changes {
        let why = if change.why.is_empty() { String::new() } else { format!(": {}", change.why) };
        see(change.at, word(change.kind), "", format!("{}{why}", change.what));
    }
    for stated in last.statements.iter().filter(|stated| stated.dropped) {
        let name = stated.name.to_ascii_uppercase();
        see(stated.at, word(Effect::Refused), "", format!("{name}: a mistake costs the statement"));
    }
    for said in &last.console {
        see(said.at, CONSOLE, said.id, said.text.clone());
    }
    let shown = |config: Option<&Config>| {
        let config = match config {
            Some(config) => analysis::config::after(snapshot, &stack, config),
            None => analysis::config::config(snapshot, &stack),
        };
        config.map_or(Value::Null, |config| config.config)
    };
    let before = all.len().checked_sub(2).and_then(|at| all.get(at)).map(|step| &step.config);
    let config = (shown(before), shown(Some(&last.config)));
    Obeyed { stack, seen, config }
}

fn word(kind: Effect) -> &'static str {
    match kind {
        Effect::Added => "added",
        Effect::Replaced => "replaced",
        Effect::Removed => "removed",
        Effect::Unchanged => "unchanged",
        Effect::Refused => "refused",
        Effect::Ignored => "ignored",
        Effect::Open => "open",
    }
}

/// Runs the OBEYFILEs of a case. What they did, for the outputs behind them.
pub fn check(
    case: &Case<'_>,
    files: &MemorySystem,
    engine: &dyn Engine,
    checked: &mut Checked,
) -> Vec<Obeyed> {
    if case.obeyed.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = (1..)
        .zip(&case.obeyed)
        .map(|(number, block)| block.kind.path().map_or_else(|| format!("obeyfile {number}"), str::to_owned))
        .collect();
    let steps: Vec<Step<'_>> = case
        .obeyed
        .iter()
        .zip(&names)
        .map(|(block, name)| {
            let Kind::Obeyfile { stack, .. } = &block.kind else { unreachable!("a case obeys obeyfiles") };
            Step { stack: stack.as_deref(), path: name, text: case.document.text_of(block) }
        })
        .collect();
    let done = match engine.obey(files, &case.request, &case.settings, &steps) {
        Ok(done) => done,
        Err(what) => {
            checked.faults.push(case.section.fault(case.line, what));
            return Vec::new();
        }
    };
    for ((block, name), done) in case.obeyed.iter().zip(&names).zip(&done) {
        let own = CaseFile { block, own: true };
        let mut by_file: BTreeMap<&str, Vec<Seen>> = BTreeMap::from([(name.as_str(), Vec::new())]);
        for (file, seen) in &done.seen {
            by_file.entry(plain(file)).or_default().push(seen.clone());
            checked.concise.push_str(&format!("{}:{} {seen}\n", plain(file), seen.record));
        }
        for (path, seen) in by_file {
            let file = if path == name { Some(&own) } else { case.files.get(path) };
            let Some(file) = file else {
                let what = format!("something in {path}, which is no file of this section: {seen:?}");
                checked.faults.push(case.section.fault(case.line, what));
                continue;
            };
            let (assertions, unreadable) =
                assertion::read(case.document.text_of(file.block), ';', Of::Obeyfile);
            for (record, what) in unreadable {
                checked.faults.push(case.section.fault(line(file, record), what));
            }
            compare(case, path, file, &assertions, &seen, &mut checked.faults);
        }
    }
    done
}

/// What the OBEYFILEs have changed on a stack, `-` taken away and `+` new, a line each; of the only one without a name.
pub fn difference(done: &[Obeyed], stack: Option<&String>) -> String {
    let mut mine = done.iter().filter(|step| stack.is_none_or(|stack| step.stack == *stack));
    let Some(first) = mine.next() else { return String::new() };
    let last = mine.next_back().unwrap_or(first);
    let (old, new) = (flat(&first.config.0), flat(&last.config.1));
    let mut out = String::new();
    let (mut old, mut new) = (&old[..], &new[..]);
    while !old.is_empty() || !new.is_empty() {
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        (old, new) = (&old[same..], &new[same..]);
        // The nearest line on which they meet again.
        let meet = (0..old.len() + new.len()).find_map(|far| {
            (0..=far)
                .map(|gone| (gone, far - gone))
                .find(|(gone, come)| old.get(*gone).is_some_and(|line| new.get(*come) == Some(line)))
        });
        let (gone, come) = meet.unwrap_or((old.len(), new.len()));
        for line in &old[..gone] {
            out.push_str(&format!("- {line}\n"));
        }
        for line in &new[..come] {
            out.push_str(&format!("+ {line}\n"));
        }
        (old, new) = (&old[gone..], &new[come..]);
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

/// A line for each value and for each entry of a list, with the names above it.
fn flat(json: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    put("", json, &mut lines);
    lines
}

fn put(above: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('_', " ");
                put(&if above.is_empty() { name } else { format!("{above} {name}") }, value, lines);
            }
        }
        Value::Array(list) => lines.extend(list.iter().map(|value| format!("{above}: {}", short(value)))),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            lines.push(format!("{above}: {}", short(value)));
        }
    }
}

/// A value in one line; what says nothing is left out.
fn short(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let silent = |value: &Value| match value {
                Value::Null | Value::Bool(false) => true,
                Value::Array(list) => list.is_empty(),
                Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::Object(_) => false,
            };
            let fields = fields.iter().filter(|(_, value)| !silent(value));
            let field = |(name, value): (&String, &Value)| {
                let name = name.replace('_', " ");
                if *value == Value::Bool(true) { name } else { format!("{name} {}", short(value)) }
            };
            fields.map(field).collect::<Vec<_>>().join(", ")
        }
        Value::Array(list) => format!("({})", list.iter().map(short).collect::<Vec<_>>().join("; ")),
        Value::Null => "none".to_owned(),
        Value::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
    }
}
