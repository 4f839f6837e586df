//! The generated reference is fresh, and the documentation of the rules tells the truth.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "reads and, when asked, writes the repository's own files"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use analysis::reference::facts::{self, How};
use analysis::reference::{self, rule};
use compiler::description::Preset;
use compiler::rules::{Check, RULES};
use compiler::system::MemorySystem;
use compiler::{Compiler, Request, Settings};

/// Rules of a single profile without an example that runs, and why.
const WITHOUT_EXAMPLE: &[(&str, &str)] = &[
    ("autolog-parameter-long", "a quoted text ends with its record, and this is longer than one"),
    ("delete-active", "needs an OBEYFILE data set for a running stack"),
    ("distribute-hotstandby-many", "needs 32 targets"),
    ("distribute-many-targets", "needs 33 targets"),
    ("dvipa-changed", "needs an OBEYFILE data set for a running stack"),
    ("dvipa-limit", "needs 1025 DVIPAs"),
    ("explicit-bind-sysplex", "needs an OBEYFILE data set for a running stack"),
    ("gateway-link-unknown", "needs a target release that still has GATEWAY"),
    ("home-list-shortened", "needs an OBEYFILE data set for a running stack"),
    ("include-limit", "needs ten thousand INCLUDEs"),
    ("include-loop", "needs data sets that INCLUDE each other"),
    ("keyword-too-new", "needs an older target release than the default"),
    ("routes-left-out", "needs an OBEYFILE data set for a running stack"),
    ("sequence-numbers", "needs records of 80 columns with numbers in the last eight"),
    ("source-shadowed", "needs the founding dialect"),
    ("start-only-parameter", "needs an OBEYFILE data set for a running stack"),
    ("start-too-many", "needs 256 devices"),
    ("source-shadowed", "needs the founding dialect"),
    ("symbolic-address-unknown", "needs the founding dialect"),
    ("viparange-limit", "needs 4097 ranges"),
    ("xcf-changed", "needs an OBEYFILE data set for a running stack"),
];

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// Files of a folder that a generator wrote, by their path below `docs/`.
fn generated(folder: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(docs().join(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        if name.ends_with(".svg") || text.starts_with(reference::MARK) {
            names.push(format!("{folder}/{name}"));
        }
    }
    names.sort();
    names
}

#[test]
fn every_page_is_fresh_and_none_is_left_over() {
    let files = reference::files();
    let update = std::env::var("VIPA_UPDATE").is_ok();
    let mut wrong = Vec::new();
    for (path, text) in &files {
        let full = docs().join(path);
        if std::fs::read_to_string(&full).is_ok_and(|there| there == *text) {
            continue;
        }
        if update {
            std::fs::create_dir_all(full.parent().unwrap()).unwrap();
            std::fs::write(&full, text).unwrap();
        } else {
            wrong.push(format!("docs/{path} is stale or missing"));
        }
    }
    for path in ["reference", "reference/diagrams", "rules"].into_iter().flat_map(generated) {
        if files.contains_key(&path) {
            continue;
        }
        if update {
            std::fs::remove_file(docs().join(&path)).unwrap();
        } else {
            wrong.push(format!("docs/{path} describes what is gone"));
        }
    }
    assert!(wrong.is_empty(), "{}\nVIPA_UPDATE=1 cargo test --test reference writes them", wrong.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let files = reference::files();
    let mut wrong = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let folder = docs().join(path).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            // What is generated need not be written yet.
            let below = Path::new(path).parent().unwrap().join(file);
            let here = below.to_str().unwrap().replace("reference/../", "").replace("rules/../", "");
            if !files.contains_key(&here) && !folder.join(file).exists() {
                wrong.push(format!("docs/{path}: {link}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_the_fixed_headings() {
    let known: BTreeSet<&str> = rule::HEADINGS.into_iter().chain(["Example"]).collect();
    let mut wrong = Vec::new();
    for (rule, docs) in RULES {
        let there: Vec<&str> = docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let fixed: Vec<&str> = there.iter().copied().filter(|heading| *heading != "Example").collect();
        if fixed != rule::HEADINGS {
            wrong.push(format!("{}: has {there:?}, wants {:?}", rule.name, rule::HEADINGS));
        }
        for heading in there {
            if !known.contains(heading) || rule::section(docs, heading).is_none_or(|text| text.is_empty()) {
                wrong.push(format!("{}: {heading} is empty or unknown", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_is_found_by_its_rule() {
    let mut wrong = Vec::new();
    for (rule, docs) in RULES {
        let examples = rule::examples(docs);
        let excused = WITHOUT_EXAMPLE.iter().any(|(name, _)| *name == rule.name);
        let alone = match rule.check {
            Check::Syntax | Check::Fold | Check::Stack(_) => true,
            Check::Description | Check::Cluster(_) | Check::Ports(_) => false,
        };
        if alone && examples.is_empty() != excused {
            wrong.push(format!("{}: wants an example, or a reason in WITHOUT_EXAMPLE, not both", rule.name));
        }
        for example in examples {
            let found = found_in(&example);
            if !found.contains(&rule.name) {
                wrong.push(format!("{}: its example gives {found:?}", rule.name));
            }
        }
    }
    for (name, _) in WITHOUT_EXAMPLE {
        if compiler::rules::rule(name).is_none() {
            wrong.push(format!("{name}: excused, but there is no such rule"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules that fire on a profile by itself.
fn found_in(profile: &str) -> Vec<&'static str> {
    let mut system = MemorySystem::default();
    system.insert("example.profile", profile);
    let mut compiler = Compiler::new(Settings { preset: Some(Preset::Strict), ..Settings::default() });
    let request = Request { sysplex: None, profiles: vec!["example.profile".to_owned()] };
    compiler.load(&system, &request).unwrap();
    compiler.snapshot().findings().iter().map(|finding| finding.rule).collect()
}

#[test]
fn every_diagram_in_letters_fits_a_profile() {
    for (path, text) in reference::files() {
        if let Some((_, diagram)) = text.split_once("```text\n") {
            let diagram = diagram.split("```").next().unwrap_or_default();
            let wide = diagram.lines().find(|line| line.chars().count() > reference::words::DIAGRAM);
            assert_eq!(wide, None, "{path}");
        }
    }
}

#[test]
fn every_fact_is_checked_or_says_why_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let facts = facts::all();
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    for fact in &facts {
        let name = format!("{}:{}", fact.document, fact.id);
        if !known.insert(name.clone()) {
            wrong.push(format!("{name} stands twice in the table"));
        }
        for word in &fact.unreadable {
            wrong.push(format!("{name}: {word} is not understood"));
        }
        match (fact.checked.is_empty(), fact.unchecked) {
            (true, None) => wrong.push(format!("{name}: nothing checks it, and no reason is given")),
            (true, Some((reason, _))) if !facts::REASONS.iter().any(|(word, _)| *word == reason) => {
                wrong.push(format!("{name}: {reason} is no reason of the list"));
            }
            (true, Some(_)) | (false, None) => {}
            (false, Some(_)) => {
                wrong.push(format!("{name}: {:?} checks it, so take the reason out", fact.checked))
            }
        }
        for how in &fact.checked {
            let there = match how {
                How::Rule(rule) => compiler::rules::rule(rule).is_some(),
                How::Syntax(statement) => grammar::STATEMENTS.iter().any(|known| known.name == statement),
                How::Spec(path) => root.join("tests/specs").join(path).exists(),
                How::Model(path) => root.join(path).exists(),
            };
            if !there {
                wrong.push(format!("{name}: {how:?} is not there"));
            }
        }
    }
    for ((document, id), by) in facts::citations() {
        if !known.contains(&format!("{document}:{id}")) {
            wrong.push(format!(
                "{document}:{id}, the source of {by:?}, is not in analysis/facts/{document}.facts"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
