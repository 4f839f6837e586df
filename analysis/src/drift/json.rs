//! The differences for programs.

use schemars::Schema;

use super::Drift;

/// Indented JSON with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; this one always has.
pub fn render(drift: &Drift) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(drift).map(|text| text + "\n")
}

/// The schema of it, committed as `schema/drift.schema.json`.
#[must_use]
pub fn schema() -> Schema {
    schemars::schema_for!(Drift)
}
