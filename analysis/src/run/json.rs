//! `vipa run --format json`: one object for each event of the scenario, one a line. The start of all stacks that a scenario
//! leaves out is there only when an invariant broke in it; its line is null.

use super::report::Run;

/// The events as JSON lines.
///
/// # Errors
/// When a value has no JSON form; a report always has one.
pub fn render(run: &Run) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for event in run.events.iter().filter(|event| event.line.is_some() || !event.ok) {
        out.push_str(&serde_json::to_string(event)?);
        out.push('\n');
    }
    Ok(out)
}
