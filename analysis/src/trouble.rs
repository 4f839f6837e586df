//! What is wrong with a question itself: a line that cannot be read, a name that nobody has.

use grammar::scenario::{ScenarioError, Span, join_or, nearest};
use serde::Serialize;

/// A mistake in a scenario or in a question, with its place. The command ends with 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// File as the user named it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Column behind the last character.
    pub end_column: u32,
    /// One line that stands alone.
    pub message: String,
    /// What was possible.
    pub expected: Vec<String>,
    /// Byte offsets in the file.
    #[serde(skip)]
    pub bytes: (u32, u32),
}

impl Trouble {
    /// Trouble at a place.
    #[must_use]
    pub fn at(file: &str, span: Span, message: String, expected: Vec<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: span.line,
            column: span.column,
            end_column: span.end_column,
            message,
            expected,
            bytes: (span.start, span.end),
        }
    }

    /// A line that could not be read.
    #[must_use]
    pub fn malformed(file: &str, error: &ScenarioError) -> Self {
        Self::at(file, error.span, error.message.clone(), error.expected.clone())
    }
}

impl std::fmt::Display for Trouble {
    /// `file:line:column: message`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// How many possible names a message lists.
const SHOWN: usize = 12;

/// The sentence for a name that nobody has: what there is, and the nearest. Long lists are cut after twelve names.
#[must_use]
pub fn unknown(kind: &str, name: &str, known: &[String]) -> String {
    let mut message = format!("there is no {kind} {name}");
    match known {
        [] => {}
        [only] => message.push_str(&format!("; the only one is {only}")),
        several if several.len() <= SHOWN => message.push_str(&format!("; possible: {}", join_or(several))),
        several => {
            let shown: Vec<&str> = several.iter().take(SHOWN).map(String::as_str).collect();
            message.push_str(&format!("; possible: {} and {} more", shown.join(", "), several.len() - SHOWN));
        }
    }
    if known.len() > 1
        && let Some(near) = nearest(name, known.iter().map(String::as_str))
    {
        message.push_str(&format!("; did you mean {near}?"));
    }
    message
}
