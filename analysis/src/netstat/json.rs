//! A report for programs.

use schemars::Schema;

use super::Report;

/// Indented JSON with a line end behind it. Its schema is `schema/netstat.schema.json`.
///
/// # Errors
/// When a value has no JSON form; a report always has one.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}

/// The schema of it, committed as `schema/netstat.schema.json`.
#[must_use]
pub fn schema() -> Schema {
    schemars::schema_for!(Report)
}
