//! `vipa run --format json`: one object for each event, one a line.

use super::report::Run;

/// The events as JSON lines.
///
/// # Errors
/// When a value has no JSON form; a report always has one.
pub fn render(run: &Run) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for event in &run.events {
        out.push_str(&serde_json::to_string(event)?);
        out.push('\n');
    }
    Ok(out)
}
