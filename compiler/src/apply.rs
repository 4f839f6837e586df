//! The one fold: what a statement does to what the stack holds, when it starts and when VARY OBEYFILE brings it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use crate::place::At;
use crate::report::Report;
use crate::statements::Config;

/// When a statement is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The stack reads its profile.
    Initial,
    /// VARY TCPIP,,OBEYFILE on the running stack.
    Obey,
}

/// What the running stack knows and a profile does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Names of devices, links and interfaces that are active.
    pub active: BTreeSet<String>,
    /// Distributed DVIPAs with connections.
    pub connected: BTreeSet<IpAddr>,
    /// The answer "no" to the assumption `second-definition-in-place`: a definition that differs is rejected.
    pub definitions_stay: bool,
    /// What it refuses of this data set for what runs.
    pub refused: Refused,
}

/// What a running stack refuses of a data set for what runs, which no text tells: none of it becomes part of what the stack holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// DVIPAs whose VIPADEFINE or VIPABACKUP it refuses, with the reason.
    pub definitions: BTreeMap<IpAddr, String>,
    /// DVIPAs that do not get CLUSTERPORTS now, with the reason.
    pub cluster_ports: BTreeMap<IpAddr, String>,
}

impl Refused {
    /// Nothing is refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty() && self.cluster_ports.is_empty()
    }
}

/// What became of a statement or of an entry in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something new.
    Added,
    /// In place of what was there.
    Replaced,
    /// Taken away.
    Removed,
    /// As it was before.
    Unchanged,
    /// The stack says no.
    Refused,
    /// Passed over without a word.
    Ignored,
    /// What becomes of it rests on a system symbol without a known value.
    Open,
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The statement or entry.
    pub at: At,
    /// What became of it.
    pub kind: Kind,
    /// What it is about: "HOME 192.0.2.1 L1".
    pub what: String,
    /// Why, where it did not simply happen.
    pub why: String,
}

/// A message that the console would show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Console {
    /// Its id.
    pub id: &'static str,
    /// Our own short wording.
    pub text: String,
    /// The statement.
    pub at: At,
}

/// Given to each statement when it is applied.
pub struct Apply<'a> {
    /// What the stack holds.
    pub config: &'a mut Config,
    /// When.
    pub phase: Phase,
    /// What runs.
    pub facts: &'a Facts,
    /// The statement's name.
    pub at: At,
    /// How many statements of this kind came before in the data set.
    pub nth: usize,
    /// Set by a statement that makes the stack ignore the rest of its block.
    pub stop_block: bool,
    /// Effects.
    pub changes: &'a mut Vec<Change>,
    /// Console messages.
    pub console: &'a mut Vec<Console>,
    /// Findings.
    pub reports: &'a mut Vec<Report>,
}

impl Apply<'_> {
    /// Notes an effect. What a profile itself adds is seen in the configuration and is not noted.
    pub fn change(&mut self, at: At, kind: Kind, what: impl Into<String>) {
        if kind != Kind::Added || self.phase == Phase::Obey {
            self.changes.push(Change { at, kind, what: what.into(), why: String::new() });
        }
    }
    /// Notes that something is there now, as [`Self::change`] does; the words are made only where they are noted.
    pub fn added(&mut self, at: At, what: impl FnOnce() -> String) {
        if self.phase == Phase::Obey {
            self.changes.push(Change { at, kind: Kind::Added, what: what(), why: String::new() });
        }
    }
    /// As [`Self::change`]; the words are made only where they are noted.
    pub fn became(&mut self, at: At, kind: Kind, what: impl FnOnce() -> String) {
        if kind != Kind::Added || self.phase == Phase::Obey {
            self.changes.push(Change { at, kind, what: what(), why: String::new() });
        }
    }
    /// Notes an effect with its reason.
    pub fn change_because(&mut self, at: At, kind: Kind, what: impl Into<String>, why: impl Into<String>) {
        self.changes.push(Change { at, kind, what: what.into(), why: why.into() });
    }
    /// Notes a console message.
    pub fn say(&mut self, id: &'static str, at: At, text: impl Into<String>) {
        self.console.push(Console { id, text: text.into(), at });
    }
}
