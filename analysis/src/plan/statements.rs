//! Statement by statement: what becomes of each, and what the console shows.

use compiler::apply::{Change, Kind};
use compiler::finding::{Finding, Severity};
use compiler::obey::{Obeyed, Stated};
use compiler::place::At;
use compiler::running::Running;
use schemars::JsonSchema;
use serde::Serialize;

/// A statement of a data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// Path of the data set, or of one that it includes.
    pub file: String,
    /// Record of its name.
    pub record: u32,
    /// Its name in full.
    pub name: String,
    /// Its words in one line, without what stands in its block.
    pub text: String,
    /// What becomes of it and of its entries; empty for a block whose statements are told by themselves.
    pub effects: Vec<Effect>,
    /// Messages that it makes the console show.
    pub console: Vec<Said>,
}

/// What becomes of a statement or entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Effect {
    /// What.
    pub kind: Kind,
    /// The statement or entry.
    pub what: String,
    /// Why, where it did not simply happen.
    pub why: String,
}

/// A console message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Said {
    /// The stack whose console it is.
    pub stack: String,
    /// Its id, where a source ties it to the case.
    pub id: Option<String>,
    /// Our own short wording.
    pub text: String,
}

/// The statements of a data set that was applied, in the order of the text.
pub(super) fn statements(
    stack: &str,
    running: &Running,
    obeyed: &Obeyed,
    findings: &[Finding],
) -> Vec<Statement> {
    let mut all = Vec::new();
    for (number, stated) in obeyed.statements.iter().enumerate() {
        let ours = |at: At| innermost(&obeyed.statements, at) == Some(number);
        let mut effects: Vec<Effect> =
            obeyed.changes.iter().filter(|change| ours(change.at)).map(effect).collect();
        effects.dedup();
        let said = obeyed.console.iter().filter(|said| ours(said.at));
        let console: Vec<Said> = said
            .map(|said| Said {
                stack: stack.to_owned(),
                id: Some(said.id.to_owned()),
                text: said.text.clone(),
            })
            .collect();
        let Some(place) = running.place(stated.at) else { continue };
        let has_children = obeyed
            .statements
            .iter()
            .enumerate()
            .any(|(other, inner)| other != number && within(stated, inner.at));
        let text = running.text(stated.extent).unwrap_or_default();
        if effects.is_empty() && (stated.dropped || !has_children) && stated.name != "INCLUDE" {
            effects.push(silent(stated, &text, running, findings));
        }
        all.push(Statement {
            file: place.file.to_string(),
            record: place.start.record,
            name: stated.name.clone(),
            text: if has_children { stated.name.clone() } else { one_line(&text) },
            effects,
            console,
        });
    }
    all
}

fn effect(change: &Change) -> Effect {
    Effect { kind: change.kind, what: change.what.clone(), why: change.why.clone() }
}

/// What becomes of a statement that the fold says nothing of.
fn silent(stated: &Stated, text: &str, running: &Running, findings: &[Finding]) -> Effect {
    let what = one_line(text);
    let here = |finding: &&Finding| {
        let extent = running.place(stated.extent);
        extent.is_some_and(|extent| {
            finding.place.file == extent.file
                && finding.place.start >= extent.start
                && finding.place.start < extent.end
        })
    };
    let worst = findings.iter().filter(here).max_by_key(|finding| finding.severity);
    if stated.dropped {
        let why =
            worst.map_or_else(|| "the stack does not know it".to_owned(), |finding| finding.message.clone());
        return Effect { kind: Kind::Refused, what, why };
    }
    if let Some(finding) = worst.filter(|finding| finding.severity == Severity::Error) {
        return Effect { kind: Kind::Refused, what, why: finding.message.clone() };
    }
    let (kind, why) = if stated.held {
        (Kind::Unchanged, "nothing that the stack holds is other than before")
    } else if stated.name == "VIPADYNAMIC" {
        (Kind::Unchanged, "nothing stands in the block")
    } else {
        (Kind::Ignored, "taken; vipa keeps nothing of it")
    };
    Effect { kind, what, why: why.to_owned() }
}

/// The statement that a place belongs to: of those around it the last one that begins.
fn innermost(statements: &[Stated], at: At) -> Option<usize> {
    let around = statements.iter().enumerate().filter(|(_, stated)| within(stated, at));
    around.max_by_key(|(_, stated)| stated.extent.span.start).map(|(number, _)| number)
}

fn within(stated: &Stated, at: At) -> bool {
    let extent = stated.extent;
    extent.section == at.section
        && at.span.start >= extent.span.start
        && at.span.start < extent.span.end().max(extent.span.start.saturating_add(1))
}

/// The words of a statement, without comments and breaks, cut where it gets long.
fn one_line(text: &str) -> String {
    const WIDEST: usize = 100;
    let words = text.lines().flat_map(|line| {
        let code = match line.find(';') {
            Some(at) => line.get(..at).unwrap_or(""),
            None => line,
        };
        code.split_whitespace()
    });
    let all = words.collect::<Vec<_>>().join(" ");
    if all.chars().count() <= WIDEST {
        return all;
    }
    all.chars().take(WIDEST).chain(['…']).collect()
}
