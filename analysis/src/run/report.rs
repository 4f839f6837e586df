//! What a run gives: plain data for every renderer.

use std::net::IpAddr;

use serde::Serialize;

use crate::trouble::Trouble;

/// A scenario that was run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// File as the user named it.
    pub file: String,
    /// What stands behind `scenario` on the fence of a Markdown block; empty elsewhere.
    pub title: String,
    /// Every event that happened, in order; those that the run added itself (the start of all stacks) have no line.
    pub events: Vec<EventReport>,
    /// Expectations that were not met and invariants that broke, in order of the text.
    pub failures: Vec<Failure>,
    /// Lines that cannot be read and names that nobody has. When there are any, nothing was run behind the first.
    pub errors: Vec<Trouble>,
    /// How many outcomes and assertions were looked at.
    pub checks: usize,
}

impl Run {
    /// True when every line could be read and every expectation was met.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.errors.is_empty() && self.failures.is_empty()
    }
}

/// One event and what came of it. Serialises to the object of the contract; `failures` is left out when empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventReport {
    /// Line in the file, from 1; none for an event that the run added itself.
    pub line: Option<u32>,
    /// Canonical spelling.
    pub event: String,
    /// True when every outcome and assertion up to the next event was met.
    pub ok: bool,
    /// What came of it.
    pub outcome: OutcomeReport,
    /// The decisions that led there, in order.
    pub trace: Vec<TraceReport>,
    /// Named assumptions that the decisions rest on, sorted.
    pub assumptions: Vec<String>,
    /// What was not met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failure>,
    /// What came of it in words, without addresses' names: one line each.
    #[serde(skip)]
    pub words: Vec<String>,
}

/// What came of an event. Fields that do not apply are null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutcomeReport {
    /// Source address of a connection, local address of a socket.
    pub source: Option<IpAddr>,
    /// Its port.
    pub port: Option<u16>,
    /// The stack that serves it.
    pub stack: Option<String>,
    /// Exit code of MODDVIPA, where a source tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit: Option<u8>,
    /// Error number of a refusal.
    pub errno: Option<String>,
    /// Its number in z/OS UNIX, where a source tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errno_number: Option<u16>,
    /// Reason of a refusal.
    pub reason: Option<String>,
    /// Reason code of the product, eight hexadecimal digits, where a source tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    /// Name of the reason code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_name: Option<String>,
    /// Console messages, each with its id first.
    pub messages: Vec<String>,
    /// What became of the request.
    #[serde(skip)]
    pub fate: Fate,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It was done.
    #[default]
    Accepted,
    /// It was refused and changed nothing.
    Refused,
    /// It waits for a lock, a held step or a partner's report.
    Waits,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceReport {
    /// Figure and block, or the section of a manual: `F7:700`.
    pub at: String,
    /// The question or the action, in words.
    pub question: String,
    /// The answer; `done` for an action.
    pub answer: String,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Line of the expectation; of the event when an invariant broke.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Column behind the last character.
    pub end_column: u32,
    /// One line that stands alone: what was expected and what was there.
    pub message: String,
    /// Byte offsets in the file.
    #[serde(skip)]
    pub bytes: (u32, u32),
}
