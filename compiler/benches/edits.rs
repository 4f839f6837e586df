//! What an edit costs until the findings are there again, and what is left of it in memory: `cargo bench -p vipa-compiler --bench edits`.
//!
//! 32 stacks with profiles of 5,000 records; ten thousand random edits, broken text among them, the same for the same seed. First of one profile,
//! then of the data set that all stacks INCLUDE. `-- 1000` makes so many.
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

use std::time::{Duration, Instant};

use generate::{Random, Shape, sysplex};
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Change, Compiler, Request, Settings};

/// The allocator of the `vipa` command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // Only what the stack in view has, for a profiler.
    let alone = std::env::args().any(|arg| arg == "alone");
    let edits: u32 = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000);
    let files = sysplex(Shape { stacks: 32, dvipas: 60, ports: 900, links: 820, seed: 7 });
    let mut system = MemorySystem::new();
    for (path, text) in &files {
        system.insert(path.clone(), text.clone());
    }
    let mut compiler = Compiler::new(Settings { threads: 2, ..Settings::default() });
    let request = Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] };
    let start = Instant::now();
    compiler.load(&system, &request).unwrap();
    let findings = compiler.snapshot().findings().len();
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    println!(
        "{:.1} MB, {} records in a profile, {findings} findings in {:.0} ms, {:.0} MB of memory",
        bytes as f64 / 1e6,
        files[1].1.lines().count(),
        start.elapsed().as_secs_f64() * 1e3,
        measure::resident_bytes() as f64 / 1e6
    );
    run("a profile", &files[1], edits, alone, &mut compiler, &system);
    run("what all INCLUDE", files.last().unwrap(), edits / 10, alone, &mut compiler, &system);
}

fn run(
    what: &str,
    file: &(String, String),
    edits: u32,
    alone: bool,
    compiler: &mut Compiler,
    system: &MemorySystem,
) {
    let (path, pristine) = file;
    let mut random = Random(0x5EED_0001);
    let mut text = pristine.clone();
    let (mut updated, mut first, mut all) = (Vec::new(), Vec::new(), Vec::new());
    let mut found = 0;
    let mut after_tenth = 0;
    for number in 1..=edits {
        text = edited(&text, pristine, &mut random);
        let start = Instant::now();
        compiler.update(system, &[Change::Open { path, text: &text }]);
        let snapshot = compiler.snapshot();
        updated.push(start.elapsed());
        found += snapshot.findings_of_stack("TCP000").len();
        first.push(start.elapsed());
        if !alone {
            found += snapshot.findings().len();
        }
        all.push(start.elapsed());
        drop(snapshot);
        if number == edits / 10 {
            after_tenth = measure::resident_bytes();
        }
    }
    let memory = measure::resident_bytes();
    println!(
        "{edits} edits of {what}, {found} findings: heard {}; those of the stack in view {}; all {}; {:.0} MB, {:.2} times that after a tenth of the edits",
        shown(&mut updated),
        shown(&mut first),
        shown(&mut all),
        memory as f64 / 1e6,
        memory as f64 / after_tenth.max(1) as f64
    );
}

fn shown(times: &mut [Duration]) -> String {
    times.sort();
    let at = |part: usize| times[(times.len() * part / 1000).min(times.len() - 1)].as_secs_f64() * 1e3;
    format!(
        "{:.1} ms in the middle, {:.1} ms at the 99th percentile, {:.1} ms at most",
        at(500),
        at(990),
        at(1000)
    )
}

/// One edit more: typing, taking out, a broken line; from time to time everything is as it was.
fn edited(text: &str, pristine: &str, random: &mut Random) -> String {
    const PIECES: [&str; 12] = [
        "PORT 70",
        "\n  60001 TCP NEWJOB\n",
        "VIPADEFINE 255.255.255.0 172.16.0.1\n",
        "\"",
        " ;",
        "\n",
        "HOME 10.",
        "ENDVIPADYNAMIC ",
        "\nDEVICE NEW VIRTUAL 0\nLINK NEWL VIRTUAL 0 NEW\n",
        "STRAT OSA1\n",
        "10.0.0.999 ",
        "X",
    ];
    let below = |random: &mut Random, bound: usize| random.below(bound as u64) as usize;
    let mut at = below(random, text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (before, behind) = text.split_at(at);
    match random.below(10) {
        0..=3 => format!("{before}{}{behind}", (b'A' + random.below(26) as u8) as char),
        4 | 5 => format!("{before}{}{behind}", PIECES[below(random, PIECES.len())]),
        6 => format!("{before}{}", behind.get(below(random, 20).min(behind.len())..).unwrap_or("")),
        7 => {
            let line = behind.split_inclusive('\n').next().unwrap_or("");
            format!("{before}{line}{behind}")
        }
        _ => pristine.to_owned(),
    }
}
