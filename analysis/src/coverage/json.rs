//! Coverage as JSON.

use serde::Serialize;

use super::Coverage;

/// Version of the form.
const FORMAT_VERSION: &str = "1.0";

#[derive(Serialize)]
struct Envelope<'c> {
    format_version: &'static str,
    #[serde(flatten)]
    coverage: &'c Coverage,
}

/// One indented object with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; these always have one.
pub fn render(coverage: &Coverage) -> Result<String, serde_json::Error> {
    let envelope = Envelope { format_version: FORMAT_VERSION, coverage };
    serde_json::to_string_pretty(&envelope).map(|text| text + "\n")
}
