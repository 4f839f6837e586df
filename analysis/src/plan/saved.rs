//! A plan on file: what was planned, how it ended, and the digests of everything that it rests on.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FORMAT_VERSION, Plan};

/// A file that a plan rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Its path, as the command line leads to it.
    pub path: String,
    /// FNV-1a of its bytes with 128 bits, in hexadecimal: against oversight, not against malice.
    pub digest: String,
}

/// The plan on file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// Version of this form.
    pub format_version: String,
    /// Version of the program that planned.
    pub tool_version: String,
    /// The exit code of the command that planned.
    pub exit: u8,
    /// What it rests on, in the order of paths.
    pub inputs: Vec<Input>,
    /// The plan.
    pub plan: Value,
    /// The plan as it was shown.
    pub text: String,
    /// The plan for a pull request.
    pub markdown: String,
}

impl Saved {
    /// Puts a plan together with what it rests on.
    #[must_use]
    pub fn new(plan: &Plan, exit: u8, tool_version: &str, mut inputs: Vec<Input>) -> Self {
        inputs.sort();
        inputs.dedup();
        Self {
            format_version: FORMAT_VERSION.to_owned(),
            tool_version: tool_version.to_owned(),
            exit,
            inputs,
            plan: serde_json::to_value(plan).unwrap_or(Value::Null),
            text: super::text::render(plan, false),
            markdown: super::markdown::render(plan),
        }
    }

    /// Reads one.
    ///
    /// # Errors
    /// In words, when it is none, or one of a later form.
    pub fn read(text: &str) -> Result<Self, String> {
        let saved: Self =
            serde_json::from_str(text).map_err(|error| format!("it is no saved plan: {error}"))?;
        let major = |version: &str| version.split('.').next().map(str::to_owned);
        if major(&saved.format_version) == major(FORMAT_VERSION) {
            Ok(saved)
        } else {
            Err(format!("it is a plan of form {}, and {FORMAT_VERSION} is known here", saved.format_version))
        }
    }

    /// Indented JSON with a line end behind it.
    ///
    /// # Errors
    /// When a value has no JSON form; a plan always has one.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}
