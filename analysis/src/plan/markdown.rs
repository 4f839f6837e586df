//! The plan for a pull request: the line to decide by first, the details behind it.

use std::fmt::Write as _;

use super::text::{afterwards, statements, summary};
use super::{Plan, StepReport};
use crate::change::text::{configuration, fenced, listed, moves};

/// The plan as Markdown.
#[must_use]
pub fn render(plan: &Plan) -> String {
    let mut out = format!("### vipa plan: {}\n\n**{}**\n", plan.sysplex, summary(plan).text);
    for (number, step) in plan.steps.iter().enumerate() {
        let lead = if plan.steps.len() > 1 { format!("Step {}: ", number + 1) } else { String::new() };
        let _ = write!(out, "\n#### {lead}{} on {} obeys `{}`\n\n", step.stack, step.system, step.obeyfile);
        one(step, &mut out);
    }
    if !plan.findings.gained.is_empty() {
        out.push_str("\n#### Findings that the sysplex gains\n\n");
        out.push_str(&listed("", &plan.findings.gained));
    }
    if !plan.findings.lost.is_empty() {
        out.push_str("\n#### Findings that the sysplex loses\n\n");
        out.push_str(&listed("", &plan.findings.lost));
    }
    let after = afterwards(plan);
    if !after.is_empty() {
        out.push_str("\n#### Afterwards\n\n");
        out.push_str(&fenced(after.get(2..).unwrap_or(&[])));
    }
    if plan.changes() && !(plan.assumptions.is_empty() && plan.notes.is_empty()) {
        out.push_str("\n<details><summary>This rests on</summary>\n\n");
        for note in &plan.notes {
            let _ = writeln!(out, "- {note}");
        }
        for one in &plan.assumptions {
            let _ = writeln!(out, "- `{}`: {}", one.name, one.words);
        }
        out.push_str("\n</details>\n");
    }
    out
}

fn one(step: &StepReport, out: &mut String) {
    if let Some(why) = &step.refused {
        let _ = writeln!(out, "**Refused**: {why}");
        return;
    }
    out.push_str("Statements\n");
    out.push_str(&fenced(&statements(step)));
    if !step.findings.is_empty() {
        out.push_str("\nFindings about the data set\n\n");
        out.push_str(&listed("", &step.findings));
    }
    for note in &step.notes {
        let _ = writeln!(out, "\n{note}");
    }
    if !step.configuration.is_empty() {
        out.push_str("\nConfiguration\n");
        out.push_str(&fenced(&configuration(&step.configuration)));
    }
    let moved = moves(&step.moves, Some(&step.stack));
    if !moved.is_empty() {
        out.push_str("\nWhat moves\n");
        out.push_str(&fenced(&moved));
    }
    for variant in &step.variants {
        let _ = writeln!(out, "\nWhat moves with `{}` instead", variant.setting);
        out.push_str(&fenced(&moves(&variant.moves, Some(&step.stack))));
    }
    if !step.console.is_empty() {
        out.push_str("\n<details><summary>Console</summary>\n\n```text\n");
        for said in &step.console {
            let id = said.id.as_deref().unwrap_or("");
            let _ = writeln!(out, "{}: {id} {}", said.stack, said.text);
        }
        out.push_str("```\n\n</details>\n");
    }
}
