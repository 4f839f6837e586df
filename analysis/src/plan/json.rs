//! The plan as one JSON object.

use super::Plan;

/// The plan, indented, with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a plan always has one.
pub fn render(plan: &Plan) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(plan).map(|text| text + "\n")
}
