//! After any edit the findings are those of a compiler that has never seen another text: what is kept from before is never stale.
#![allow(missing_docs)]

#[path = "../../tests/generate/mod.rs"]
#[allow(dead_code)]
mod generate;
#[path = "../../tests/property/mod.rs"]
mod property;

use generate::{Random, Shape, sysplex};
use vipa_compiler::description::Preset;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Change, Compiler, Request, Settings};

/// What an edit puts in the place of a word of the same kind, or anywhere.
const WORDS: [&str; 14] = [
    "10.0.0.2",
    "203.0.113.1",
    "443",
    "2001:db8::1",
    "RESERVED",
    "SHAREPORT",
    "DESTIP ALL",
    "\"",
    ";",
    "ENDVIPADYNAMIC",
    "VIPABACKUP 7 203.0.113.1",
    "GLOBALCONFIG SYSPLEXMONITOR RECOVERY",
    "TCPCONFIG RESTRICTLOWPORTS",
    "INCLUDE NET.COMMON",
];

/// One word of a line taken out, doubled, taken from another line, or another one in its place.
fn edited(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let below = |random: &mut Random, bound: usize| random.below(bound as u64) as usize;
    let at = below(random, lines.len());
    let other = lines[below(random, lines.len())].clone();
    let words: Vec<&str> = lines[at].split(' ').collect();
    let place = below(random, words.len());
    let mut new: Vec<&str> = words.clone();
    match random.below(6) {
        0 => drop(new.remove(place)),
        1 => new.insert(place, words[place]),
        2 => new[place] = other.split(' ').next_back().unwrap_or(""),
        3 => new[place] = WORDS[below(random, WORDS.len())],
        4 => new.insert(place, WORDS[below(random, WORDS.len())]),
        _ => new = other.split(' ').collect(),
    }
    lines[at] = new.join(" ");
    lines.join("\n") + "\n"
}

fn loaded(system: &MemorySystem, threads: usize) -> Compiler {
    let mut compiler =
        Compiler::new(Settings { threads, preset: Some(Preset::Strict), ..Settings::default() });
    compiler.load(system, &Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] }).unwrap();
    compiler
}

#[test]
fn findings_after_edits_are_those_of_the_text() {
    let files = sysplex(Shape { stacks: 4, dvipas: 4, ports: 12, links: 8, seed: 3 });
    let mut system = MemorySystem::new();
    for (path, text) in &files {
        system.insert(path.clone(), text.clone());
    }
    let mut compiler = loaded(&system, 2);
    let mut random = Random(0x5EED);
    let mut texts = files.clone();
    for number in 0..250 * property::times() {
        let which = random.below(files.len() as u64 - 1) as usize + 1;
        let text = match number % 7 {
            0 => files[which].1.clone(),
            _ => edited(&texts[which].1, &mut random),
        };
        texts[which].1 = text.clone();
        compiler.update(&system, &[Change::Open { path: &files[which].0, text: &text }]);
        let kept = compiler.snapshot().findings();
        let mut anew = MemorySystem::new();
        for (path, text) in &texts {
            anew.insert(path.clone(), text.clone());
        }
        let fresh = loaded(&anew, 1).snapshot().findings();
        let odd =
            kept.iter().find(|one| !fresh.contains(one)).or(fresh.iter().find(|one| !kept.contains(one)));
        assert_eq!(odd, None, "after edit {number}, of {}", files[which].0);
        assert_eq!(kept.len(), fresh.len());
    }
}
