//! The plan as one JSON object. Its schema is `schema/plan.schema.json`.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::Plan;

/// The plan, indented, with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a plan always has one.
pub fn render(plan: &Plan) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(plan).map(|text| text + "\n")
}

/// The schema of it, committed as `schema/plan.schema.json`.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Plan>()
}
