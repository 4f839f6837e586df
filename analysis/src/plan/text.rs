//! The plan for a terminal: step by step what happens, what changes, what moves; the summary line last.

use compiler::apply::Kind;

use super::{Aftermath, Plan, Said, Statement, StepReport, Undo};
use compiler::finding::Severity;

use crate::change::Found;
use crate::change::config::Sign;
use crate::change::text::{Told, Tone, configuration, count, cut, finding, findings, moves};

/// The plan as text.
#[must_use]
pub fn render(plan: &Plan, colour: bool) -> String {
    tell(plan).iter().map(|told| told.render(colour)).collect()
}

fn tell(plan: &Plan) -> Vec<Told> {
    let mut all = Vec::new();
    for (number, step) in plan.steps.iter().enumerate() {
        if number > 0 {
            all.push(Told::new(Tone::Plain, ""));
        }
        let lead = if plan.steps.len() > 1 { format!("Step {}: ", number + 1) } else { String::new() };
        let StepReport { stack, system, obeyfile, .. } = step;
        all.push(Told::new(Tone::Head, format!("{lead}{stack} on {system} obeys {obeyfile}")));
        one(step, &mut all);
    }
    if !plan.findings.gained.is_empty() || !plan.findings.lost.is_empty() {
        all.push(Told::new(Tone::Plain, ""));
        all.push(Told::new(Tone::Head, "What lint says of the sysplex then (+ new, - gone)"));
        all.extend(findings(&plan.findings));
    }
    all.extend(afterwards(plan));
    if plan.changes() && !(plan.assumptions.is_empty() && plan.notes.is_empty()) {
        all.push(Told::new(Tone::Plain, ""));
        all.push(Told::new(Tone::Faint, "This rests on"));
        let assumed = plan.assumptions.iter().map(|one| format!("{}: {}", one.name, one.words));
        let grounds = plan.notes.iter().cloned().chain(assumed);
        all.extend(grounds.map(|line| Told::new(Tone::Faint, format!("  {line}"))));
    }
    all.push(Told::new(Tone::Plain, ""));
    all.push(summary(plan));
    all
}

/// What the change leaves to do: the profile on disk, and the way back.
pub(super) fn afterwards(plan: &Plan) -> Vec<Told> {
    let mut all = Vec::new();
    for Aftermath { stack, profile, undo } in &plan.stacks {
        let files = profile.files.join(", ");
        let changed = !undo.complete || !undo.data_sets.is_empty();
        if !profile.changes {
            if changed {
                let text = format!("    {stack}: a restart gives the same, {files} says so already");
                all.push(Told::new(Tone::Plain, text));
                way_back(stack, undo, &mut all);
            }
            continue;
        }
        let forgets = if changed { "this" } else { "what came before this plan" };
        let text = format!(
            "    {stack}: a restart forgets {forgets} unless {files} changes too (--out-profile writes how)"
        );
        all.push(Told::new(Tone::Plain, text));
        if !profile.behind.is_empty() {
            let text = format!(
                "      {files} differed from what ran already before this plan (+ ran, - only in the profile):"
            );
            all.push(Told::new(Tone::Warned, text));
            all.extend(indented(&profile.behind));
        }
        if !profile.differs.is_empty() {
            all.push(Told::new(Tone::Warned, "      a restart from what it writes would still change:"));
            all.extend(indented(&profile.differs));
        }
        all.extend(profile.notes.iter().map(|note| Told::new(Tone::Warned, format!("      {note}"))));
        if changed {
            way_back(stack, undo, &mut all);
        }
    }
    for owner in &plan.away {
        let with = owner.to.as_deref().unwrap_or("nobody");
        let text = format!("    {} stays with {with} when this is taken back", owner.address);
        all.push(Told::new(Tone::Warned, text));
    }
    if !all.is_empty() {
        all.insert(0, Told::new(Tone::Head, "Afterwards"));
        all.insert(0, Told::new(Tone::Plain, ""));
    }
    all
}

/// How the change of a stack is taken back.
fn way_back(stack: &str, undo: &Undo, all: &mut Vec<Told>) {
    all.push(match (undo.complete, undo.data_sets.len()) {
        (true, 0) => Told::new(Tone::Plain, format!("    {stack}: nothing is left to take back")),
        (true, 1) => Told::new(Tone::Plain, format!("    {stack}: one OBEYFILE takes this back (--undo writes it)")),
        (true, number) => Told::new(
            Tone::Plain,
            format!("    {stack}: {number} OBEYFILEs, one after the other, take this back (--undo writes them)"),
        ),
        (false, _) => Told::new(
            Tone::Warned,
            format!("    {stack}: no OBEYFILE takes all of this back, a restart does; what would be other than before:"),
        ),
    });
    all.extend(indented(&undo.remains));
    if !undo.defaults.is_empty() {
        let text = format!(
            "      options that nothing coded before get their defaults: {}",
            undo.defaults.join("; ")
        );
        all.push(Told::new(Tone::Plain, text));
    }
}

fn indented(lines: &[crate::change::Line]) -> Vec<Told> {
    configuration(lines).into_iter().map(|told| Told { text: format!("    {}", told.text), ..told }).collect()
}

fn one(step: &StepReport, all: &mut Vec<Told>) {
    if let Some(why) = &step.refused {
        all.push(Told::new(Tone::Wrong, format!("    ! {why}")));
        return;
    }
    all.push(Told::new(Tone::Plain, "  Statements"));
    let statements = statements(step);
    if statements.is_empty() {
        all.push(Told::new(Tone::Faint, "    none"));
    }
    all.extend(statements);
    if !step.console.is_empty() {
        all.push(Told::new(Tone::Plain, "  Console"));
        all.extend(cut(console(step), "more messages"));
    }
    all.extend(step.notes.iter().map(|note| Told::new(Tone::Warned, format!("  {note}"))));
    if !step.findings.is_empty() {
        all.push(Told::new(Tone::Plain, "  What lint says of the data set"));
        all.extend(cut(step.findings.iter().map(advice).collect(), "more findings"));
    }
    all.push(Told::new(Tone::Plain, "  Configuration"));
    if step.configuration.is_empty() {
        all.push(Told::new(Tone::Faint, "    as it is"));
    }
    all.extend(configuration(&step.configuration));
    all.push(Told::new(Tone::Plain, "  What moves"));
    let moved = moves(&step.moves, Some(&step.stack));
    if moved.is_empty() {
        all.push(Told::new(Tone::Faint, "    nothing"));
    }
    all.extend(moved);
    if step.moves.connections.kept > 0 && !step.moves.is_empty() {
        all.push(Told::new(
            Tone::Faint,
            format!("    {} kept as they are", count(step.moves.connections.kept, "connection")),
        ));
    }
    for variant in &step.variants {
        all.push(Told::new(Tone::Plain, format!("  What moves with {} instead", variant.setting)));
        let moved = moves(&variant.moves, Some(&step.stack));
        if moved.is_empty() {
            all.push(Told::new(Tone::Faint, "    nothing"));
        }
        all.extend(moved);
        all.extend(variant.said.iter().map(|text| Told::new(Tone::Plain, format!("    {text}"))));
    }
}

/// A line for each effect, with the messages of its statement behind it.
pub(super) fn statements(step: &StepReport) -> Vec<Told> {
    let mut all = Vec::new();
    for statement in &step.statements {
        for effect in &statement.effects {
            let (word, tone) = match effect.kind {
                Kind::Added => ("added", Tone::Added),
                Kind::Replaced => ("replaced", Tone::Changed),
                Kind::Removed => ("removed", Tone::Removed),
                Kind::Unchanged => ("no change", Tone::Plain),
                Kind::Refused => ("refused", Tone::Wrong),
                Kind::Ignored => ("ignored", Tone::Warned),
                Kind::Open => ("not known", Tone::Warned),
            };
            let why = if effect.why.is_empty() { String::new() } else { format!(": {}", effect.why) };
            all.push(Told::new(
                tone,
                format!("    {word:<9}  {}{why}  ({})", effect.what, at(step, statement)),
            ));
        }
    }
    all
}

/// Record of a statement, its file where it is another, and the messages that it makes the console show.
fn at(step: &StepReport, statement: &Statement) -> String {
    let mut at = match statement.file == step.obeyfile {
        true => format!("record {}", statement.record),
        false => format!("{} record {}", statement.file, statement.record),
    };
    for id in statement.console.iter().filter_map(|said| said.id.as_ref()) {
        at.push_str(&format!(", {id}"));
    }
    at
}

/// A finding, with how to mend it below: the last of its notes says that.
fn advice(found: &Found) -> Told {
    let told = finding("!", found);
    match found.notes.last().filter(|_| found.severity != Severity::Info) {
        Some(note) => Told { text: format!("{}\n        {note}", told.text), ..told },
        None => told,
    }
}

/// Messages that every data set begins and ends with.
const FRAME: [&str; 4] = ["EZZ0060I", "EZZ0300I", "EZZ0309I", "EZZ0316I"];

/// What the console shows: the result and what is particular to the data set a line each, the frame in one.
fn console(step: &StepReport) -> Vec<Told> {
    let id = |said: &Said| said.id.clone().unwrap_or_default();
    let in_frame = |said: &&Said| FRAME.contains(&id(said).as_str());
    let ids: Vec<String> = step.console.iter().filter(in_frame).map(id).collect();
    let mut all: Vec<Told> =
        step.console.iter().filter(|one| !in_frame(one)).map(|one| said(&step.stack, one)).collect();
    if !ids.is_empty() {
        all.insert(0, Told::new(Tone::Faint, format!("    {}: as for every data set", ids.join(" "))));
    }
    all
}

fn said(stack: &str, said: &Said) -> Told {
    let id = said.id.as_deref().unwrap_or("        ");
    let whose = if said.stack == stack { String::new() } else { format!("{}: ", said.stack) };
    Told::new(Tone::Plain, format!("    {id:<8}  {whose}{}", said.text))
}

/// The last line: what one decides by.
pub(super) fn summary(plan: &Plan) -> Told {
    let lines = || plan.steps.iter().flat_map(|step| &step.configuration);
    let of = |sign: Sign| lines().filter(|line| line.sign == sign).count();
    let moved: usize = plan.steps.iter().map(|step| step.moves.owners.len()).sum();
    let broken: usize = plan.steps.iter().map(|step| step.moves.connections.broken.len()).sum();
    let refused = plan.refused();
    if !plan.changes() && refused == 0 && plan.blamed().next().is_none() {
        return Told::new(Tone::Head, "Nothing changes.");
    }
    let mut text = format!(
        "Plan: {} added, {} changed, {} removed",
        of(Sign::Added),
        of(Sign::Changed),
        of(Sign::Removed)
    );
    let open = plan.count(Kind::Open);
    if plan.changes() && open == 0 && lines().next().is_none() {
        text.push_str(", and what is taken off comes back at once");
    }
    text.push_str(&format!("; {} changing hands", count(moved, "DVIPA")));
    text.push_str(&format!(", {} broken", count(broken, "connection")));
    if refused > 0 {
        text.push_str(&format!("; {refused} refused"));
    }
    if open > 0 {
        text.push_str(&format!("; {open} not known"));
    }
    let blamed = plan.blamed().count();
    if blamed > 0 {
        text.push_str(&format!("; {}", count(blamed, "finding")));
    }
    text.push('.');
    Told::new(if refused > 0 { Tone::Wrong } else { Tone::Head }, text)
}
