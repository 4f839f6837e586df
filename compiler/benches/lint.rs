//! Speed and memory from text to statements, to the effective configuration, and what an edit re-does: `cargo bench -p vipa-compiler --bench lint`.
//!
//! Each size has a process of its own, so that its peak memory is its own. Times are of the processor, not of the wall: another process on the
//! machine does not change them much. `cargo bench -p vipa-compiler --bench lint -- configuration 20` does one.
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
#[path = "../../tests/generate/measure.rs"]
mod measure;

use std::collections::BTreeMap;

use generate::{Shape, every_statement, sysplex};
use grammar::parse::{Dialect, parse_runs};
use measure::{cpu_seconds, peak_bytes};
use vipa_compiler::once::Wanted;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

/// The allocator of the `vipa` command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Name, words, and what is measured on so many megabytes.
type Kind = (&'static str, &'static str, fn(u32));

const KINDS: [Kind; 3] = [
    ("statements", "text to statements", statements),
    ("configuration", "text to effective configuration", configuration),
    ("findings", "32 stacks to findings, one thread", findings),
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if let [kind, megabytes] = args.as_slice() {
        let run = KINDS.iter().find(|(name, ..)| name == kind).unwrap().2;
        return run(megabytes.parse().unwrap());
    }
    let this = std::env::current_exe().unwrap();
    for (kind, what, _) in KINDS {
        for megabytes in [1, 5, 20, 100] {
            let child =
                std::process::Command::new(&this).args([kind, &megabytes.to_string()]).output().unwrap();
            print!("{what:34} {}", String::from_utf8_lossy(&child.stdout));
        }
    }
    edits();
}

/// One legal profile of about so many megabytes, with every statement in it, and what it INCLUDEs. All of its parts grow with it, those that a stack
/// has no more of up to their limit: 50,000 ports and 1,020 DVIPAs.
fn big_profile(megabytes: u32) -> [(String, String); 2] {
    every_statement(Shape {
        stacks: 3,
        dvipas: (17 * megabytes).min(340),
        ports: (2_500 * megabytes).min(50_000),
        links: 6_100 * megabytes,
        seed: 7,
    })
}

/// About so many megabytes on 32 stacks.
fn shape(megabytes: u32) -> Shape {
    Shape { stacks: 32, dvipas: 300, ports: 1000, links: 190 * megabytes, seed: 7 }
}

/// The best of three rounds; `bytes` of input are in memory before it begins. A round of little input is as many runs as take the clock of the
/// processor, which counts hundredths of a second, some time. What the work gives beside its result is dropped when the clock has stopped: a command
/// ends without.
fn report<T>(bytes: usize, mut work: impl FnMut() -> (usize, T)) {
    let before = peak_bytes();
    let runs = (40_000_000 / bytes).clamp(1, 40);
    let mut best = f64::MAX;
    let mut grown = 0;
    let mut result = 0;
    for _ in 0..3 {
        let mut elapsed = 0.0;
        for _ in 0..runs {
            let start = cpu_seconds();
            let (counted, _kept) = work();
            elapsed += cpu_seconds() - start;
            result = counted;
            if grown == 0 {
                grown = peak_bytes() - before;
            }
        }
        best = best.min(elapsed / f64::from(u32::try_from(runs).unwrap()));
    }
    println!(
        "{:6.1} MB {:7.1} MB/s, {:4.1} times the input in memory, result {result}",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / best,
        (grown as usize + bytes) as f64 / bytes as f64
    );
}

fn statements(megabytes: u32) {
    let [(_, text), _] = big_profile(megabytes);
    report(text.len(), || {
        // Runs of the length that the compiler makes.
        let mut read = 0;
        let runs = parse_runs(&text, Dialect::Zos, None, &mut |_| {
            read += 1;
            read % 16 == 0
        });
        (runs.iter().map(|run| run.section.stmts.len()).sum(), runs)
    });
}

fn configuration(megabytes: u32) {
    let files = Vec::from(big_profile(megabytes));
    let bytes = files.iter().map(|(_, text)| text.len()).sum();
    let system = system(files);
    report(bytes, || {
        let mut compiler = Compiler::new(Settings::default());
        let request = Request { sysplex: None, profiles: vec!["one.profile".into()] };
        compiler.load_once(&system, &request, Wanted::Configurations).unwrap();
        (compiler.snapshot().folded("ONE").unwrap().config.home.list.len(), compiler)
    });
}

fn findings(megabytes: u32) {
    let files = sysplex(shape(megabytes));
    let bytes = files.iter().map(|(_, text)| text.len()).sum();
    let system = system(files);
    report(bytes, || {
        let mut compiler = Compiler::new(Settings::default());
        compiler.load_once(&system, &request(), Wanted::Findings).unwrap();
        (compiler.snapshot().findings().len(), compiler)
    });
}

fn request() -> Request {
    Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] }
}

fn system(files: Vec<(String, String)>) -> MemorySystem {
    let mut system = MemorySystem::new();
    for (path, text) in files {
        system.insert(path, text);
    }
    system
}

fn edits() {
    let files = sysplex(shape(20));
    let (path, text) = files.get(1).cloned().unwrap();
    let system = system(files);
    let mut compiler = Compiler::recording(Settings::default());
    compiler.load(&system, &request()).unwrap();
    println!("findings of the generated sysplex: {}", compiler.snapshot().findings().len());
    let _ = compiler.executed();
    for (what, edited) in [
        ("a comment at the top", format!("; new\n{text}")),
        ("a port more", text.replacen("PORT\n", "PORT\n  60000 TCP NEWJOB\n", 1)),
        (
            "a device more",
            text.replacen(
                "DEVICE VD9 ",
                "DEVICE NEW VIRTUAL 0\nLINK NEW VIRTUAL 0 NEW\nHOME 9.9.9.9 NEW\nDEVICE VD9 ",
                1,
            ),
        ),
    ] {
        let start = cpu_seconds();
        compiler.set_overlay(&system, &path, Some(&edited));
        let findings = compiler.snapshot().findings().len();
        let elapsed = cpu_seconds() - start;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for query in compiler.executed() {
            *counts.entry(query.split('(').next().unwrap_or("").to_owned()).or_default() += 1;
        }
        println!("after {what}: {:.0} ms, {findings} findings, queries {counts:?}", elapsed * 1000.0);
    }
}
