//! `vipa model --stack S --config`: what a stack holds when its profile has been processed.
//!
//! Properties: keys are sorted, lists are in the order of the stack, and places in the text are left out, so that two profiles
//! which mean the same print the same.

mod text;

use compiler::Snapshot;
use compiler::place::At;
use compiler::statements::Config;
use serde::Serialize;
use serde_json::{Map, Value};

pub use text::render as text;

/// Version of the JSON. A field that is added raises the second number; anything else raises the first.
pub const SCHEMA_VERSION: &str = "1.2";

/// The configuration of one stack.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StackConfig {
    /// [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// Name of the stack.
    pub stack: String,
    /// Name of its system.
    pub system: String,
    /// Its XCF group.
    pub xcf_group: String,
    /// Target release.
    pub release: String,
    /// A part for each statement; null is what no statement says, where the default of the statement is in force.
    pub config: Value,
}

/// The configuration of a stack, by its name in any case. None when there is no such stack.
#[must_use]
pub fn config(snapshot: &Snapshot, stack: &str) -> Option<StackConfig> {
    let entry = snapshot.description().stack(stack)?;
    let folded = snapshot.folded(&entry.name.value)?;
    after(snapshot, stack, &folded.config)
}

/// The same of what the stack holds when more has happened to it, for instance OBEYFILEs.
#[must_use]
pub fn after(snapshot: &Snapshot, stack: &str, config: &Config) -> Option<StackConfig> {
    let entry = snapshot.description().stack(stack)?;
    Some(StackConfig {
        schema_version: SCHEMA_VERSION.to_owned(),
        stack: entry.name.value.clone(),
        system: entry.system_name().to_owned(),
        xcf_group: entry.xcf_group_name().to_owned(),
        release: snapshot.description().release(entry).to_string(),
        config: without_places(serde_json::to_value(config).unwrap_or(Value::Null)),
    })
}

/// Indented JSON with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a configuration always has one.
pub fn json(config: &StackConfig) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(config).map(|text| text + "\n")
}

/// Takes the places out of a serialised value.
pub(crate) fn without_places(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().filter_map(kept).collect::<Map<_, _>>()),
        Value::Array(list) => Value::Array(list.into_iter().map(without_places).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// A field that is no place. A place that nothing stands at is null, and known by its name only.
fn kept((name, value): (String, Value)) -> Option<(String, Value)> {
    let is_place = value.as_str().is_some_and(|text| text.starts_with(At::MARK))
        || (value.is_null() && (name == "at" || name.ends_with("_at")));
    (!is_place).then(|| (name, without_places(value)))
}
