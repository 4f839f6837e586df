//! A system symbol without a known value may stand for what is right: it never makes an error, in its statement or in any other.
#![allow(missing_docs)]

#[path = "../../tests/generate/mod.rs"]
#[allow(dead_code)]
mod generate;
#[path = "../../tests/property/mod.rs"]
mod property;

use generate::{Random, Shape, profile};
use vipa_compiler::finding::Severity;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

/// The errors of a profile without a description beside it.
fn errors(text: &str) -> Vec<String> {
    let mut system = MemorySystem::new();
    system.insert("one.profile", text.to_owned());
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["one.profile".into()] }).unwrap();
    let findings = compiler.snapshot().findings();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

/// A symbol in the place of an operand, or of its end. None where a line has none.
fn with_symbol(text: &str, random: &mut Random) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = random.below(lines.len() as u64) as usize;
    let line = &lines[at];
    if line.contains([';', '"', '&']) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let place = (words.len() > 1).then(|| 1 + random.below(words.len() as u64 - 1) as usize)?;
    let word = words[place];
    if word.starts_with("END") || word.contains('=') {
        return None;
    }
    let kept = random.below(word.len() as u64) as usize;
    let symbol = format!("{}&S{}.", &word[..if random.below(2) == 0 { 0 } else { kept }], random.below(3));
    let mut new: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    new[place] = symbol;
    let indent = line.len() - line.trim_start().len();
    lines[at] = format!("{}{}", " ".repeat(indent), new.join(" "));
    Some(lines.join("\n") + "\n")
}

#[test]
fn a_symbol_without_a_value_makes_no_error() {
    let mut wrong: Vec<String> = Vec::new();
    for seed in property::seeds(1, 120) {
        let shape = Shape { stacks: 1, dvipas: 6, ports: 20, links: 10, seed: seed % 7 };
        let whole = profile(shape, 0);
        assert_eq!(errors(&whole), [""; 0]);
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut text = whole.clone();
        for _ in 0..1 + random.below(4) {
            text = with_symbol(&text, &mut random).unwrap_or(text);
        }
        let changed: Vec<&str> = text.lines().filter(|line| line.contains("&S")).collect();
        let found = errors(&text);
        if !found.is_empty() {
            wrong.push(format!("seed {seed}: {changed:#?}\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases: {}", wrong.len(), wrong.join("\n"));
}
