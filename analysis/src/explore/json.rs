//! `vipa explore --format json`: one object on one line.

use super::Exploration;

/// The result as one JSON object with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a result always has one.
pub fn render(found: &Exploration) -> Result<String, serde_json::Error> {
    serde_json::to_string(found).map(|text| text + "\n")
}

/// A result that [`render`] wrote.
///
/// # Errors
/// When it is something else.
pub fn read(text: &str) -> Result<Exploration, serde_json::Error> {
    serde_json::from_str(text)
}
