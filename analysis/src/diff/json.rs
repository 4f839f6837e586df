//! The difference as one JSON object. Its schema is `schema/diff.schema.json`.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::Diff;

/// The difference, indented, with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a difference always has one.
pub fn render(diff: &Diff) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(diff).map(|text| text + "\n")
}

/// The schema of it, committed as `schema/diff.schema.json`.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Diff>()
}
