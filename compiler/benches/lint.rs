//! Speed from text to statements, to configurations, to findings: `cargo bench -p vipa-compiler`.
//!
//! Prints megabytes a second of the best of three runs, peak memory in multiples of the input, and how both grow.
#![allow(
    missing_docs,
    dead_code,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark reads the clock and the process's own memory"
)]

#[path = "../../tests/generate/mod.rs"]
mod generate;

use std::time::Instant;

use generate::{Shape, profile, sysplex};
use grammar::parse::{Dialect, parse};
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

fn main() {
    let arg = std::env::args().nth(1).filter(|arg| !arg.starts_with('-'));
    if let Some(megabytes) = arg.and_then(|arg| arg.parse::<u32>().ok()) {
        // One size, one process: for peak memory and for callgrind.
        one_sysplex(megabytes);
        return;
    }
    let text = big_profile(20);
    let megabytes = text.len() as f64 / 1e6;
    let best = (0..3).map(|_| time(|| parse(&text, Dialect::Zos).sections.len())).fold(f64::MAX, f64::min);
    println!("text to statements      {megabytes:6.1} MB {:8.1} MB/s", megabytes / best);
    let best = (0..3).map(|_| time(|| configured(&text))).fold(f64::MAX, f64::min);
    println!("text to configuration   {megabytes:6.1} MB {:8.1} MB/s", megabytes / best);
    for size in [1, 5, 20] {
        let shape = shape(size);
        let files = sysplex(shape);
        let megabytes = files.iter().map(|(_, text)| text.len()).sum::<usize>() as f64 / 1e6;
        let best = (0..2).map(|_| time(|| lint(&files))).fold(f64::MAX, f64::min);
        println!("lint of 32 stacks       {megabytes:6.1} MB {:8.1} MB/s", megabytes / best);
    }
    edits();
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let value = work();
    let elapsed = start.elapsed().as_secs_f64();
    drop(value);
    elapsed
}

/// About so many megabytes on 32 stacks.
fn shape(megabytes: u32) -> Shape {
    Shape { stacks: 32, dvipas: 300, ports: 200 * megabytes, links: 250 * megabytes, seed: 7 }
}

/// One legal profile of about so many megabytes.
fn big_profile(megabytes: u32) -> String {
    profile(Shape { stacks: 1, dvipas: 1000, ports: 50_000, links: 8_000 * megabytes, seed: 7 }, 0)
}

fn configured(text: &str) -> usize {
    let mut system = MemorySystem::new();
    system.insert("one.profile", text);
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["one.profile".into()] }).unwrap();
    let snapshot = compiler.snapshot();
    snapshot.folded("ONE").unwrap().config.home.list.len()
}

fn load(files: &[(String, String)]) -> (Compiler, MemorySystem) {
    let mut system = MemorySystem::new();
    for (path, text) in files {
        system.insert(path.clone(), text.clone());
    }
    let mut compiler = Compiler::recording(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] }).unwrap();
    (compiler, system)
}

fn lint(files: &[(String, String)]) -> usize {
    let (compiler, _) = load(files);
    compiler.snapshot().findings().len()
}

fn edits() {
    let files = sysplex(shape(5));
    let (mut compiler, system) = load(&files);
    println!("findings of the generated sysplex: {}", compiler.snapshot().findings().len());
    let _ = compiler.executed();
    let (path, text) = files.get(1).unwrap();
    for (what, edited) in [
        ("a comment at the top", format!("; new\n{text}")),
        ("a port more", text.replacen("PORT\n", "PORT\n  60000 TCP NEWJOB\n", 1)),
    ] {
        let elapsed = time(|| {
            compiler.set_overlay(&system, path, Some(&edited));
            compiler.snapshot().findings().len()
        });
        let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for query in compiler.executed() {
            *counts.entry(query.split('(').next().unwrap_or("").to_owned()).or_default() += 1;
        }
        println!("after {what}: {:.1} ms, queries {counts:?}", elapsed * 1000.0);
    }
}

fn one_sysplex(megabytes: u32) {
    let files = sysplex(shape(megabytes));
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let before = peak();
    let elapsed = time(|| lint(&files));
    println!(
        "{:.1} MB in {elapsed:.2} s, peak memory {:.1} times the input",
        bytes as f64 / 1e6,
        (peak() - before) as f64 / bytes as f64
    );
}

/// Peak resident memory of this process in bytes, 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}
