//! The same input gives the same findings, on however many threads and whatever the order of files is.
#![allow(missing_docs, dead_code)]

#[path = "../../tests/generate/mod.rs"]
mod generate;

use generate::{Shape, every_statement, sysplex};
use vipa_compiler::once::Wanted;
use vipa_compiler::system::{MemorySystem, PathKind, ReadError, System};
use vipa_compiler::{Compiler, Request, Settings};

/// Lists folders from the end.
struct Backwards(MemorySystem);

impl System for Backwards {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.read(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.0.list(folder).map(|names| names.into_iter().rev().collect())
    }
    fn kind(&self, path: &str) -> PathKind {
        self.0.kind(path)
    }
}

/// A sysplex with mistakes of every stage: of syntax, of the fold, of one stack, of several.
fn faulty() -> Vec<(String, String)> {
    let shape = Shape { stacks: 8, dvipas: 12, ports: 40, links: 30, seed: 3 };
    let mut files = sysplex(shape);
    for (number, (path, text)) in files.iter_mut().enumerate() {
        if !path.ends_with(".profile") {
            continue;
        }
        text.push_str("PORT 70000 TCP X\nDEVICE VD1 VIRTUAL 0\nHOME 10.0.0.1 NOLINK\nSTRAT OSA1\n");
        if number % 2 == 0 {
            *text = text.replace("SYSPLEXROUTING ", "").replace("172.16.0.1\n", "172.16.0.1 172.16.0.1\n");
            *text = text.replace("  2048 TCP JOB0000", "  2048 TCP OTHER");
        }
        text.push_str("INCLUDE NET.COMMON\nINCLUDE NET.LOOP\n");
    }
    if let Some((_, toml)) = files.first_mut() {
        *toml = toml.replace("includes = { ", "includes = { \"NET.LOOP\" = \"loop\", ");
    }
    files.push(("loop".to_owned(), "SOMAXCONN 0\nINCLUDE NET.LOOP\n".to_owned()));
    files
}

fn findings(system: &dyn System, threads: usize) -> String {
    let mut compiler = Compiler::new(Settings { threads, ..Settings::default() });
    let request = Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] };
    compiler.load(system, &request).unwrap();
    let findings = format!("{:#?}", compiler.snapshot().findings());
    compiler.load_once(system, &request, Wanted::Findings).unwrap();
    assert!(format!("{:#?}", compiler.snapshot().findings()) == findings, "who asks once is told the same");
    findings
}

#[test]
fn findings_are_the_same_on_one_two_and_four_threads_and_in_any_order_of_files() {
    let files = faulty();
    let mut forwards = MemorySystem::new();
    for (path, text) in &files {
        forwards.insert(path.clone(), text.clone());
    }
    let mut other = MemorySystem::new();
    for (path, text) in files.iter().rev() {
        other.insert(path.clone(), text.clone());
    }
    let backwards = Backwards(other);
    let first = findings(&forwards, 1);
    assert!(first.matches("rule: ").count() > 50, "there is something to compare: {first}");
    for round in 0..3 {
        for threads in [1, 2, 4] {
            assert!(findings(&forwards, threads) == first, "round {round}, {threads} threads");
            assert!(findings(&backwards, threads) == first, "round {round}, {threads} threads, backwards");
        }
    }
}

#[test]
fn the_generated_sysplex_is_legal() {
    let mut system = MemorySystem::new();
    for (path, text) in sysplex(Shape { stacks: 8, dvipas: 24, ports: 300, links: 60, seed: 7 }) {
        system.insert(path, text);
    }
    let mut compiler = Compiler::new(Settings { threads: 2, ..Settings::default() });
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] }).unwrap();
    let findings = compiler.snapshot().findings();
    let messages: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {}: {}", finding.place.file, finding.rule, finding.message))
        .collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
}

#[test]
fn every_statement_of_today_is_generated_and_legal() {
    let files = every_statement(Shape { stacks: 3, dvipas: 4, ports: 300, links: 60, seed: 7 });
    let mut seen = std::collections::BTreeSet::new();
    let mut system = MemorySystem::new();
    for (path, text) in files {
        let parsed = grammar::parse::parse(&text, grammar::parse::Dialect::Zos);
        for placed in &parsed.sections {
            seen.extend(placed.section.views().map(|view| view.name().to_owned()));
        }
        system.insert(path, text);
    }
    let missing: Vec<&str> = grammar::STATEMENTS
        .iter()
        .filter(|desc| desc.until.is_empty() && desc.belongs.is_empty() && !desc.founding)
        .map(|desc| desc.name)
        .filter(|name| !seen.contains(*name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["one.profile".into()] }).unwrap();
    // That SMFPARMS is the old form of SMFCONFIG is worth a warning.
    let findings = compiler.snapshot().findings();
    let wrong = findings.iter().filter(|finding| finding.rule != "smf-two-statements");
    let messages: Vec<String> = wrong
        .map(|finding| format!("{} {}: {}", finding.place.file, finding.rule, finding.message))
        .collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
}
