//! What the operator's console would tell: stack by stack, in the order of the profile, with the message id where one is known.
//!
//! Property: the wording is ours and says so; no text of the product is repeated.

use std::io::{self, Write};

use compiler::finding::{Effect, Finding};

use super::{Report, words};

/// Stands where no source ties a message id to the case.
const NO_ID: &str = "(no id)";

/// Writes one block a stack.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "The ids are the product's, where a source names one; the wording is vipa's.")?;
    for stack in &report.stacks {
        // A lone profile is its own stack, and its findings do not name it.
        let lone = report.stacks.len() == 1;
        let told: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| (finding.stacks.contains(stack) || lone) && is_told(finding))
            .collect();
        writeln!(to, "\n{stack}")?;
        if told.is_empty() {
            writeln!(to, "  nothing is refused")?;
        }
        for finding in told {
            let id = finding.message_id.unwrap_or(NO_ID);
            let does = finding.effect.map_or("a message only", words::effect);
            let place = &finding.place;
            writeln!(to, "  {id:<9} {}", words::visible(&finding.message))?;
            writeln!(
                to,
                "  {:<9} {does} ({} record {})",
                "",
                words::visible(&place.file),
                place.start.record
            )?;
        }
    }
    Ok(())
}

/// A stack is silent about what it takes as it stands.
fn is_told(finding: &Finding) -> bool {
    match finding.effect {
        None | Some(Effect::Accepted) => finding.message_id.is_some(),
        Some(
            Effect::StatementIgnored
            | Effect::EntryIgnored
            | Effect::KeywordIgnored
            | Effect::ValueIgnored
            | Effect::RestOfListIgnored
            | Effect::RestOfBlockIgnored
            | Effect::BlockIgnored,
        ) => true,
    }
}
