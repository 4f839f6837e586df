//! One type of finding for every output: terminal, JSON, SARIF, editor.
//!
//! Records and columns count from 1, columns in characters of the decoded record, ends are exclusive. Offsets are bytes
//! in the decoded text of the file (see [`crate::source::SourceText`]).

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Works, or may work, but not as somebody will expect.
    Warning,
    /// The stack refuses it, or the sysplex breaks.
    Error,
}

impl Severity {
    /// The word of the contract: `info`, `warning`, `error`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the sources are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// No page could be read for it.
    Unconfirmed,
    /// Derived from what is documented.
    Inferred,
    /// A source says so.
    Documented,
}

/// What a real stack does with the text that the finding names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "EffectOfText")]
pub enum Effect {
    /// The statement has no effect.
    StatementIgnored,
    /// One entry of a list has no effect.
    EntryIgnored,
    /// One keyword has no effect.
    KeywordIgnored,
    /// One value has no effect.
    ValueIgnored,
    /// This and all later entries of the list have no effect.
    RestOfListIgnored,
    /// This and all later statements of the block have no effect.
    RestOfBlockIgnored,
    /// The whole block has no effect.
    BlockIgnored,
    /// It is taken as it stands.
    Accepted,
}

/// A point in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Record, from 1.
    pub record: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Byte offset in the decoded text.
    pub offset: u32,
}

/// A span in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Path as the user would write it, forward slashes.
    pub file: Arc<str>,
    /// First character.
    pub start: Position,
    /// Behind the last character.
    pub end: Position,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// Whether a fix may be applied without looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown only.
    Display,
    /// Changes what the stack does.
    Unsafe,
    /// The text means what was meant.
    Safe,
}

/// A replacement of one span.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub place: Place,
    /// By what.
    pub text: String,
}

/// A way to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// Whether it may be applied without looking.
    pub applicability: Applicability,
    /// Applied together or not at all; in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// Advice about the text of one or more files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Name of the rule, kebab-case.
    pub rule: &'static str,
    /// After the settings have been applied.
    pub severity: Severity,
    /// One line that stands alone.
    pub message: String,
    /// Message that a real stack would print, only where a source ties it to the case.
    pub message_id: Option<&'static str>,
    /// What a real stack does next, where known.
    pub effect: Option<Effect>,
    /// Stacks it concerns, sorted; empty for the sysplex description itself.
    pub stacks: Vec<String>,
    /// The token named.
    pub place: Place,
    /// Label under the token, short; may be empty.
    pub label: String,
    /// Other places.
    pub related: Vec<Related>,
    /// What happens next, how to mend it, what was possible.
    pub notes: Vec<String>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// How sure the sources are.
    pub confidence: Confidence,
    /// Named assumptions it rests on.
    pub assumptions: Vec<String>,
}

impl Finding {
    /// Sort key: file, place, rule, message.
    #[must_use]
    pub fn order(&self) -> (&str, Position, Position, &'static str, &str) {
        (&self.place.file, self.place.start, self.place.end, self.rule, &self.message)
    }
}
