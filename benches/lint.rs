//! `vipa lint` as a whole process on generated sysplexes of 32 stacks: `cargo bench -p vipa --bench lint`.
//!
//! Prints megabytes a second by the wall and by the processor, and the peak memory, for growing stacks and for more stacks and more DVIPAs.
#![allow(
    missing_docs,
    dead_code,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark starts processes and reads the clock"
)]

#[path = "../tests/generate/mod.rs"]
mod generate;
#[path = "../tests/generate/measure.rs"]
mod measure;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generate::{Shape, sysplex};

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lint-bench");
    let shape = |stacks: u32, dvipas: u32, links: u32| Shape { stacks, dvipas, ports: 1000, links, seed: 7 };
    for (what, shape) in [
        ("1 MB", shape(32, 20, 150)),
        ("5 MB", shape(32, 300, 900)),
        ("20 MB", shape(32, 300, 3800)),
        ("100 MB", shape(32, 300, 19_000)),
        ("8 stacks", shape(8, 300, 3800)),
        ("16 stacks", shape(16, 300, 3800)),
        ("32 stacks", shape(32, 300, 3800)),
        ("64 stacks", shape(64, 300, 3800)),
        ("75 DVIPAs", shape(32, 75, 1000)),
        ("150 DVIPAs", shape(32, 150, 1000)),
        ("300 DVIPAs", shape(32, 300, 1000)),
    ] {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let mut bytes = 0;
        for (path, text) in sysplex(shape) {
            bytes += text.len();
            std::fs::write(folder.join(path), text).unwrap();
        }
        let runs: Vec<Run> = (0..3).map(|_| run(&folder)).collect();
        let least = |of: fn(&Run) -> f64| runs.iter().map(of).fold(f64::MAX, f64::min);
        let megabytes = bytes as f64 / 1e6;
        println!(
            "{what:11} {megabytes:6.1} MB {:6.1} MB/s by the wall, {:6.1} MB/s of one core, {:4.1} times the input in memory, {}",
            megabytes / least(|run| run.wall),
            megabytes / least(|run| run.cpu),
            least(|run| run.peak) / bytes as f64,
            runs.first().map_or("", |run| run.said.as_str())
        );
    }
    let _ = std::fs::remove_dir_all(&folder);
}

struct Run {
    wall: f64,
    cpu: f64,
    peak: f64,
    said: String,
}

fn run(folder: &Path) -> Run {
    let out = folder.with_extension("out");
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vipa"))
        .args(["lint", "--fail-level", "never"])
        .current_dir(folder)
        .stdout(Stdio::from(std::fs::File::create(&out).unwrap()))
        .spawn()
        .unwrap();
    let process = child.id().to_string();
    let (mut cpu, mut peak) = (0.0_f64, 0);
    while child.try_wait().unwrap().is_none() {
        cpu = cpu.max(measure::cpu_of(&process));
        peak = peak.max(measure::peak_of(&process));
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = start.elapsed().as_secs_f64();
    let text = std::fs::read_to_string(&out).unwrap_or_default();
    let said = text.lines().last().unwrap_or("").to_owned();
    Run { wall, cpu, peak: peak as f64, said }
}
