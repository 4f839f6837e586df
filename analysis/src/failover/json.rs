//! The report as one JSON object.

use super::Report;

/// The report, indented, with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a report always has one.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
