//! The difference as one JSON object.

use super::Diff;

/// The difference, indented, with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a difference always has one.
pub fn render(diff: &Diff) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(diff).map(|text| text + "\n")
}
