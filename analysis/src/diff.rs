//! `vipa diff`: what the next start would change, against the sysplex as it was.
//!
//! Both sides are compiled, started and linted; what differs is told. The rooms that compare are those of `plan`.

pub mod json;
pub mod markdown;
pub mod text;

use std::collections::BTreeSet;

use compiler::Snapshot;
use compiler::finding::Severity;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::change::config::{comparable, difference};
use crate::change::findings::judge;
use crate::change::stage::Stage;
use crate::change::state::State;
use crate::change::{Judged, Line, Moves};
use crate::config::config;
use crate::why::Assumed;

/// Version of the JSON. A field that is added raises the second number; anything else raises the first.
pub const FORMAT_VERSION: &str = "1.0";

/// What the next start would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "What vipa diff --format json says")]
pub struct Diff {
    /// [`FORMAT_VERSION`].
    pub format_version: &'static str,
    /// Name of the sysplex.
    pub sysplex: String,
    /// What it is compared with.
    pub base: String,
    /// Stacks that are other than before, in the order of the description, those that are gone last.
    pub stacks: Vec<StackDiff>,
    /// What is elsewhere, or otherwise, once all stacks have started and all servers listen.
    pub moves: Moves,
    /// What the rules say now and did not say before, and the other way round.
    pub findings: Judged,
    /// Open points of the sources that the answers rest on.
    pub assumptions: Vec<Assumed>,
    /// What was taken for granted beside them.
    pub notes: Vec<String>,
}

/// A stack that is other than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StackDiff {
    /// Its name.
    pub stack: String,
    /// It was not there, it is gone, or it holds something else.
    pub became: Became,
    /// How its effective configuration changes; for a stack that comes or goes all that it holds.
    pub configuration: Vec<Line>,
}

/// What became of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// It was not there.
    Added,
    /// It holds something else.
    Changed,
    /// It is gone.
    Removed,
}

impl Diff {
    /// Whether the next start changes anything.
    #[must_use]
    pub fn changes(&self) -> bool {
        !self.stacks.is_empty() || !self.moves.is_empty()
    }

    /// Whether something is wrong with it: a new finding that `fails` says so of.
    #[must_use]
    pub fn fails(&self, fails: &dyn Fn(Severity) -> bool) -> bool {
        self.findings.gained.iter().any(|finding| fails(finding.severity))
    }
}

/// Compares a sysplex with what it was.
#[must_use]
pub fn diff(base: &Snapshot, now: &Snapshot, name: &str) -> Diff {
    let (old, new) = (Stage::started(&base.model()), Stage::started(&now.model()));
    // Connections are made for the question; nobody has them.
    let state = |stage: &Stage| {
        let mut state = State::read(&stage.cluster);
        state.connections.clear();
        state.ports.clear();
        state
    };
    let moves = Moves::between(&state(&old), &state(&new));
    let findings = judge(&base.findings(), &now.findings());
    let mut assumptions = new.assumptions();
    for one in old.assumptions() {
        if !assumptions.contains(&one) {
            assumptions.push(one);
        }
    }
    assumptions.sort_by(|left, right| left.name.cmp(&right.name));
    Diff {
        format_version: FORMAT_VERSION,
        sysplex: now.model().sysplex.clone(),
        base: name.to_owned(),
        stacks: stacks(base, now),
        moves,
        findings,
        assumptions,
        notes: new.notes(),
    }
}

fn stacks(base: &Snapshot, now: &Snapshot) -> Vec<StackDiff> {
    let of = |snapshot: &Snapshot, stack: &str| {
        let folded = snapshot.folded(stack);
        folded.zip(config(snapshot, stack)).map(|(folded, config)| {
            let mut value = comparable(&folded.config);
            // Where it runs is part of what a start brings, and so is what nobody can read.
            if let Some(parts) = value.as_object_mut() {
                let unread: Vec<&str> = folded.config.undetermined.left_out().collect();
                parts.insert("undetermined".to_owned(), json!({ "list": unread }));
                let place = [
                    ("system", &config.system),
                    ("xcf_group", &config.xcf_group),
                    ("release", &config.release),
                ];
                let place =
                    place.iter().map(|(name, value)| ((*name).to_owned(), Value::String((*value).clone())));
                parts.insert("stack".to_owned(), Value::Object(place.collect()));
            }
            value
        })
    };
    let mut names: Vec<String> = now.stacks();
    let known: BTreeSet<String> = names.iter().cloned().collect();
    names.extend(base.stacks().into_iter().filter(|name| !known.contains(name)));
    let mut all = Vec::new();
    for stack in names {
        let (old, new) = (of(base, &stack), of(now, &stack));
        let became = match (&old, &new) {
            (None, Some(_)) => Became::Added,
            (Some(_), None) => Became::Removed,
            (Some(_), Some(_)) | (None, None) => Became::Changed,
        };
        let nothing = || Value::Object(serde_json::Map::new());
        let configuration = difference(&old.unwrap_or_else(nothing), &new.unwrap_or_else(nothing));
        if became != Became::Changed || !configuration.is_empty() {
            all.push(StackDiff { stack, became, configuration });
        }
    }
    all
}
