//! Runs one case: findings against assertions, scenarios, outputs.

use std::collections::BTreeMap;
use std::ops::Range;

use compiler::Dialect;
use compiler::finding::Finding;
use compiler::system::MemorySystem;
use vipa::output::{Report, concise};

use super::assertion::{self, Assertion, Of, Seen};
use super::case::{Case, CaseFile, DESCRIPTION, LONE};
use super::difference;
use super::document::{Block, Fault};
use super::engine::Engine;
use super::info::Kind;
use super::obeyed;

/// What came of a case.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The findings, one a line.
    pub concise: String,
    /// What the output blocks that differ should hold, by their place in the Markdown file.
    pub updates: Vec<(Range<usize>, String)>,
}

/// Runs a case.
pub fn check(case: &Case<'_>, engine: &dyn Engine) -> Checked {
    let mut checked = Checked::default();
    let files = memory(case, false);
    match engine.compile(&files, &case.request, &case.settings) {
        Ok(compiled) => {
            let took_part =
                |path: &str| path == DESCRIPTION || compiled.files.iter().any(|file| plain(file) == path);
            findings(case, &compiled.findings, &took_part, &mut checked);
            let report = Report { findings: compiled.findings.to_vec(), ..Report::default() };
            let mut text = Vec::new();
            concise::write(&report, false, &mut text).expect("memory can be written");
            checked.concise = String::from_utf8(text).expect("findings are text");
        }
        Err(what) => {
            checked.faults.push(case.section.fault(case.line, format!("nothing was compiled: {what}")))
        }
    }
    let steps = obeyed::check(case, &files, engine, &mut checked);
    if !case.scenarios.is_empty() {
        let padded = memory(case, true);
        for block in &case.scenarios {
            scenario(case, block, &padded, engine, &mut checked.faults);
        }
    }
    for block in &case.outputs {
        match &block.kind {
            Kind::Output(words) if words[0] == "config" => {
                settle(case, block, obeyed::difference(&steps, words.get(1)), &mut checked);
            }
            _ => output(case, block, &files, engine, &mut checked),
        }
    }
    checked
}

/// The files as the compiler and the commands see them. `padded` gives scenarios the line numbers that they have in the spec.
fn memory(case: &Case<'_>, padded: bool) -> MemorySystem {
    let mut memory = MemorySystem::new();
    let files = case.files.iter().map(|(path, file)| (path.clone(), file.block));
    for (path, block) in files.chain(case.scenarios.iter().map(|block| (scenario_path(block), *block))) {
        let text = case.document.text_of(block);
        if padded && matches!(block.kind, Kind::Scenario { .. }) {
            memory.insert(path, "\n".repeat(block.first_line - 1) + text);
        } else {
            memory.insert(path, text);
        }
    }
    memory
}

/// A scenario without a path is called after its line.
fn scenario_path(block: &Block) -> String {
    block.kind.path().map_or_else(|| format!("line{}.scenario", block.first_line), str::to_owned)
}

fn findings(case: &Case<'_>, findings: &[Finding], took_part: &dyn Fn(&str) -> bool, checked: &mut Checked) {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_file.entry(plain(&finding.place.file)).or_default().push(finding);
    }
    for (path, file) in &case.files {
        let mark = match &file.block.kind {
            Kind::Toml(_) => '#',
            Kind::Obeyfile { .. } if file.block.kind.is_obeyed() => continue,
            Kind::Profile { .. } | Kind::Obeyfile { .. } => ';',
            Kind::Scenario { .. } | Kind::Capture(_) | Kind::Output(_) | Kind::Text => continue,
        };
        let found = by_file.remove(path.as_str()).unwrap_or_default();
        let (assertions, unreadable) = assertion::read(case.document.text_of(file.block), mark, Of::Profile);
        if file.own {
            for (record, what) in unreadable {
                checked.faults.push(case.section.fault(line(file, record), what));
            }
        }
        if !took_part(path) {
            // What an OBEYFILE includes is looked at with it.
            if case.obeyed.is_empty() {
                idle(case, path, file, &assertions, &mut checked.faults);
            }
            continue;
        }
        let found: Vec<Seen> = found.into_iter().map(Seen::finding).collect();
        compare(case, path, file, &assertions, &found, &mut checked.faults);
    }
    for (path, found) in by_file {
        for finding in found {
            let what =
                format!("a finding in {path}, which is no file of this section:\n{}", Seen::finding(finding));
            checked.faults.push(case.section.fault(case.line, what));
        }
    }
}

/// Holds what is asserted of a file against what is there, record by record.
pub(super) fn compare(
    case: &Case<'_>,
    path: &str,
    file: &CaseFile<'_>,
    assertions: &[Assertion],
    seen: &[Seen],
    faults: &mut Vec<Fault>,
) {
    let seen: Vec<&Seen> = seen.iter().collect();
    let (unmet, unasserted) = assertion::pair(assertions, &seen);
    let unmet = unmet.into_iter().map(|assertion| (assertion.record, Miss::Unmet(assertion)));
    let unasserted = unasserted.into_iter().map(|seen| (seen.record, Miss::Unasserted(seen)));
    let mut by_record: BTreeMap<u32, Vec<Miss<'_>>> = BTreeMap::new();
    for (record, miss) in unmet.chain(unasserted) {
        by_record.entry(record).or_default().push(miss);
    }
    for (record, misses) in by_record {
        faults.push(missed(case, path, file, record, &misses));
    }
}

enum Miss<'a> {
    Unmet(&'a Assertion),
    Unasserted(&'a Seen),
}

fn missed(case: &Case<'_>, path: &str, file: &CaseFile<'_>, record: u32, misses: &[Miss<'_>]) -> Fault {
    let text = case.document.text_of(file.block);
    let source = text.split('\n').nth(record as usize - 1).unwrap_or("");
    let place = if path == LONE { format!("record {record}") } else { format!("{path}, record {record}") };
    let mut what = format!("{place}: {}", source.trim());
    for miss in misses {
        what.push('\n');
        match miss {
            Miss::Unmet(assertion) if assertion.is_near_miss() => {
                what.push_str(&format!("  found, though it should not be: [{}]", assertion.name));
            }
            Miss::Unmet(assertion) => what.push_str(&format!("  expected, not found: {assertion}")),
            Miss::Unasserted(seen) => what.push_str(&format!("  found, not expected: {seen}")),
        }
    }
    case.section.fault(line(file, record), what)
}

/// A file that nothing reads: harmless where a section above brought it, or where a scenario will.
fn idle(case: &Case<'_>, path: &str, file: &CaseFile<'_>, assertions: &[Assertion], faults: &mut Vec<Fault>) {
    let is_obeyfile = matches!(file.block.kind, Kind::Obeyfile { .. });
    if !file.own || (is_obeyfile && assertions.is_empty()) {
        return;
    }
    faults.push(
        case.section.fault(file.block.first_line - 1, format!("{path} takes no part: nothing reads it")),
    );
}

pub(super) fn line(file: &CaseFile<'_>, record: u32) -> usize {
    file.block.first_line + record as usize - 1
}

/// The compiler may write `./` in front of a path.
pub(super) fn plain(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

fn scenario(
    case: &Case<'_>,
    block: &Block,
    files: &MemorySystem,
    engine: &dyn Engine,
    faults: &mut Vec<Fault>,
) {
    let Kind::Scenario { fails, stopped, .. } = block.kind else { return };
    let ended = engine.command(files, &["run".to_owned(), scenario_path(block)]);
    let what = match (ended.code, fails) {
        (2, _) if stopped => return,
        (_, _) if stopped => "this scenario is run, and should be stopped by its mistakes:".to_owned(),
        (0, false) | (1, true) => return,
        (0, true) => "every expectation of this scenario is met, and one should not be:".to_owned(),
        (1, false) => "an expectation of this scenario is not met:".to_owned(),
        (code, _) => format!("this scenario cannot be run, the command ended with {code}:"),
    };
    faults
        .push(case.section.fault(block.first_line - 1, format!("{what}\n{}{}", ended.stdout, ended.stderr)));
}

fn output(case: &Case<'_>, block: &Block, files: &MemorySystem, engine: &dyn Engine, checked: &mut Checked) {
    let Kind::Output(words) = &block.kind else { return };
    let here = block.first_line - 1;
    let ended = engine.command(files, &command(case, words));
    let stopped = words[0] == "run"
        && case.scenarios.iter().any(|block| matches!(block.kind, Kind::Scenario { stopped: true, .. }));
    let as_meant = matches!(ended.code, 0 | 1 | 3) || (stopped && ended.code == 2);
    let Some(stdout) = as_meant.then_some(ended.stdout) else {
        let what = format!("`{}` ended with {}:\n{}", words.join(" "), ended.code, ended.stderr);
        checked.faults.push(case.section.fault(here, what));
        return;
    };
    settle(case, block, stdout, checked);
}

/// Holds an output against its block.
fn settle(case: &Case<'_>, block: &Block, stdout: String, checked: &mut Checked) {
    let Kind::Output(words) = &block.kind else { return };
    let here = block.first_line - 1;
    let wanted = case.document.text_of(block);
    if wanted == stdout {
        return;
    }
    let what = format!(
        "`{}` prints something else (- here, + printed; VIPA_UPDATE_SPECS=1 takes it over):\n{}",
        words.join(" "),
        difference::show(wanted, &stdout)
    );
    checked.faults.push(case.section.fault(here, what));
    checked.updates.push((block.range.clone(), stdout));
}

/// The command line of an output block. `lint` is told what to check; the other commands find the description by themselves.
fn command(case: &Case<'_>, words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if words[0] == "run" {
        words.extend(case.scenarios.iter().map(|block| scenario_path(block)));
    }
    if words[0] == "findings" {
        words[0] = "lint".to_owned();
    }
    // OBEYFILEs are named in the block itself.
    if words[0] != "lint" || words.iter().any(|word| word == "--as") {
        return words;
    }
    match &case.request.sysplex {
        Some(path) => words.push(path.clone()),
        None => words.extend(case.request.profiles.iter().cloned()),
    }
    if let Some(dialect) = case.settings.dialect {
        let name = match dialect {
            Dialect::Zos => "zos",
            Dialect::Founding => "founding",
        };
        words.extend(["--dialect".to_owned(), name.to_owned()]);
    }
    if let Some(release) = &case.settings.release {
        words.extend(["--release".to_owned(), release.clone()]);
    }
    words
}
