//! The literate specifications in `tests/specs`, one test a file, and the tests of what runs them.
//!
//! `VIPA_SPEC=port` runs the specs whose path contains `port`; `VIPA_UPDATE_SPECS=1` rewrites the output blocks that differ.
#![allow(clippy::disallowed_methods, reason = "tests read their files and their two variables themselves")]

mod spec_runner;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use spec_runner::assertion::Of;
use spec_runner::engine::Vipa;
use spec_runner::{assertion, coverage, named, obeyfiles, own_trials, seeds, spec, tables, whole};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let wanted = std::env::var("VIPA_SPEC").unwrap_or_default();
    let update = std::env::var("VIPA_UPDATE_SPECS").is_ok_and(|value| !value.is_empty() && value != "0");
    let specs = below(&root().join("tests/specs"), "md");
    let mut trials: Vec<Trial> = own_trials();
    trials.push(Trial::test("there are specs", {
        let there = coverage::some(&specs);
        move || there.map_err(Failed::from)
    }));
    trials.push(Trial::test("every statement has a spec", every_statement_has_a_spec));
    trials.push(Trial::test("every spec of a statement shows all of it", every_spec_is_whole));
    trials.push(Trial::test("every statement shows what OBEYFILE does with it", every_statement_is_obeyed));
    trials.push(Trial::test("every claim and figure has a spec", {
        let in_full = wanted.contains("seeds");
        let seeds: Vec<String> = specs.iter().filter(|path| path.starts_with("seeds/")).cloned().collect();
        move || every_claim_has_a_spec(&seeds, in_full)
    }));
    trials.push(Trial::test("every operand that names something is shown with it and without", {
        let specs = specs.clone();
        move || every_name_is_looked_up(&specs)
    }));
    trials.push(Trial::test("every cell of the run-time tables has a spec", {
        let specs = specs.clone();
        move || every_cell_has_a_spec(&specs)
    }));
    trials.push(Trial::test("every rule has a finding and a near miss", {
        let specs = specs.clone();
        move || every_rule_has_a_near_miss(&specs)
    }));
    trials.push(Trial::test("every snapshot has a spec", {
        let names: BTreeSet<String> = specs.iter().map(|path| snapshot_file(path)).collect();
        move || every_snapshot_has_a_spec(&names)
    }));
    trials.extend(
        specs
            .into_iter()
            .filter(|path| path.contains(&wanted))
            .map(|path| Trial::test(path.clone(), move || one(&path, update))),
    );
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn one(path: &str, update: bool) -> Result<(), Failed> {
    let file = root().join("tests/specs").join(path);
    let text = std::fs::read_to_string(&file)?;
    let mut ran = spec::run(&text, &Vipa);
    if update && !ran.updates.is_empty() {
        let text = spec::updated(&text, &ran.updates);
        std::fs::write(&file, &text)?;
        ran = spec::run(&text, &Vipa);
    }
    if !ran.faults.is_empty() {
        let shown: String = ran.faults.iter().map(|fault| fault.show(path) + "\n").collect();
        return Err(shown.into());
    }
    let snapshot = root().join("tests/snapshots").join(snapshot_file(path));
    if ran.concise.is_empty() {
        let stale = std::fs::metadata(&snapshot).is_ok();
        return if stale {
            Err(format!("no findings any more: remove {}", snapshot.display()).into())
        } else {
            Ok(())
        };
    }
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(snapshot_name(path), ran.concise);
    });
    Ok(())
}

fn every_statement_has_a_spec() -> Result<(), Failed> {
    let names = |folder: &Path, suffix: &str| -> BTreeSet<String> {
        below(folder, suffix)
            .iter()
            .map(|path| path.trim_end_matches(&format!(".{suffix}")).to_owned())
            .collect()
    };
    let dialect = root().join("tests/specs/dialect");
    let allowed = std::fs::read_to_string(dialect.join("missing.txt")).unwrap_or_default();
    let wrong =
        coverage::check(&names(&root().join("grammar/syntax"), "syntax"), &names(&dialect, "md"), &allowed);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The smallest use of a statement, and every keyword of it in full and in its shortest form, without a finding.
fn every_spec_is_whole() -> Result<(), Failed> {
    let mut wrong = Vec::new();
    for desc in grammar::STATEMENTS {
        let path = root().join("tests/specs/dialect").join(desc.name.to_lowercase() + ".md");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        wrong.extend(whole::check(desc, &text));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Each operand that names something else, once where that is there and once where it is not.
fn every_name_is_looked_up(paths: &[String]) -> Result<(), Failed> {
    let mut named = named::Named::default();
    for path in paths {
        named.add(&std::fs::read_to_string(root().join("tests/specs").join(path))?);
    }
    let wrong = named.lacking();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// What the documents say of OBEYFILE is shown for each statement, or there is a reason why not.
fn every_statement_is_obeyed() -> Result<(), Failed> {
    let dialect = root().join("tests/specs/dialect");
    let text = |name: &str| std::fs::read_to_string(dialect.join(format!("{name}.md"))).unwrap_or_default();
    let (shown, wrong) = obeyfiles::check(grammar::STATEMENTS, text);
    println!("OBEYFILE: {shown} statements have a spec");
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// A rule that finds too much is as bad as one that finds nothing: each has a record of both kinds.
fn every_rule_has_a_near_miss(paths: &[String]) -> Result<(), Failed> {
    let (mut found, mut missed) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        let text = std::fs::read_to_string(root().join("tests/specs").join(path))?;
        for assertion in [';', '#'].into_iter().flat_map(|mark| assertion::read(&text, mark, Of::Obeyfile).0)
        {
            if !assertion.is_of_rule() {
                continue;
            }
            let kind = if assertion.is_near_miss() { &mut missed } else { &mut found };
            kind.insert(assertion.name);
        }
    }
    let rules: Vec<&str> = compiler::rules::RULES.iter().map(|(rule, _)| rule.name).collect();
    let text_of = |path: &str| std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let wrong = coverage::near_misses(&rules, &found, &missed, text_of);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The page of tables names a spec for each cell, that is there, runs and has the words of the cell, and has whatever section the model
/// cites in its traces.
fn every_cell_has_a_spec(paths: &[String]) -> Result<(), Failed> {
    let mut specs = BTreeMap::new();
    for path in paths {
        specs.insert(path.clone(), std::fs::read_to_string(root().join("tests/specs").join(path))?);
    }
    let model = root().join("runtime-model/src");
    let mut cited = BTreeSet::new();
    for path in below(&model, "rs") {
        cited.extend(tables::cited(&std::fs::read_to_string(model.join(path))?));
    }
    let page = std::fs::read_to_string(root().join("docs/runtime-tables.md"))?;
    let source = |path: &str| std::fs::read_to_string(root().join(path)).ok();
    let (wrong, count) = tables::check(&page, &specs, source, &cited);
    println!("run-time tables: {} cells played, {} outside the model", count.played, count.outside);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Prints how much of the founding documents has a spec, with `VIPA_SPEC=seeds` claim by claim and block by block.
fn every_claim_has_a_spec(paths: &[String], in_full: bool) -> Result<(), Failed> {
    let mut specs = Vec::new();
    for path in paths {
        specs.push((path.clone(), std::fs::read_to_string(root().join("tests/specs").join(path))?));
    }
    let matrix = seeds::matrix(&specs);
    print!("{}", if in_full { matrix.show() } else { matrix.summary() });
    if matrix.faults.is_empty() { Ok(()) } else { Err(matrix.faults.join("\n").into()) }
}

fn every_snapshot_has_a_spec(names: &BTreeSet<String>) -> Result<(), Failed> {
    let kept = below(&root().join("tests/snapshots"), "snap");
    let strays: Vec<String> =
        kept.into_iter().filter(|name| name.starts_with("specs__") && !names.contains(name)).collect();
    if strays.is_empty() {
        Ok(())
    } else {
        Err(format!("tests/snapshots: no spec for {}", strays.join(", ")).into())
    }
}

fn snapshot_name(path: &str) -> String {
    path.trim_end_matches(".md").replace('/', "__")
}

fn snapshot_file(path: &str) -> String {
    format!("specs__{}.snap", snapshot_name(path))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Paths of the files below a folder that end with `.suffix`, relative to it, with forward slashes, sorted.
fn below(folder: &Path, suffix: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push((entry.path(), format!("{name}/")));
            } else if name.ends_with(&format!(".{suffix}")) {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}
