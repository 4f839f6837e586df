//! `vipa why --format json`: one object on one line.

use super::Why;

/// The answer as one JSON object with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; an answer always has one.
pub fn render(why: &Why) -> Result<String, serde_json::Error> {
    serde_json::to_string(why).map(|text| text + "\n")
}
