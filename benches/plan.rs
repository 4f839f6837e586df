//! How long `vipa plan` takes on 32 stacks once they are loaded: `cargo bench -p vipa --bench plan`.
//!
//! Prints a line for each sysplex: 256 and 1,000 DVIPAs as `tests/generate` makes them, with ten distributed ports for each fourth
//! of them, and 1,000 DVIPAs each of which is distributed at one port to all stacks. The step adds a DVIPA and its distribution,
//! a port, and takes one away. Loaded is what has its findings and its model.
#![allow(
    missing_docs,
    dead_code,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock"
)]

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use analysis::names::Addresses;
use analysis::obey::NoObeyFiles;
use analysis::plan::{Ask, Step, plan};
use analysis::run::World;
use compiler::source::SourceText;
use compiler::system::MemorySystem;
use compiler::{Compiler, Request, Settings};
use generate::{Shape, sysplex};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const STEP: &str = "PORT 9443 TCP NEWWEB\nVIPADYNAMIC\n  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.9\n  VIPADISTRIBUTE DEFINE 203.0.113.9 PORT 9443 DESTIP ALL\n";

fn main() {
    let generated = |dvipas| sysplex(Shape { stacks: 32, dvipas, ports: 1000, links: 100, seed: 7 });
    measure("256 DVIPAs, 640 services", generated(8), "172.16.0.1");
    measure("992 DVIPAs, 2,500 services", generated(31), "172.16.0.1");
    measure("1,000 DVIPAs at all stacks", wide(), "203.0.1.1");
}

/// 1,000 DVIPAs on 32 stacks with two backups each, each distributed at one port to every stack.
fn wide() -> Vec<(String, String)> {
    let mut toml = String::from("[sysplex]\nname = \"WIDE\"\n");
    let mut files = Vec::new();
    for stack in 0..32u32 {
        let _ = write!(
            toml,
            "[[stack]]\nname = \"TCP{stack:03}\"\nsystem = \"S{stack:03}\"\nprofile = \"s{stack:03}.profile\"\n"
        );
        let mut text = format!(
            "IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.0.{} 255.255.255.0 1\nPORT 443 TCP WEB\nVIPADYNAMIC\n",
            stack + 1
        );
        for number in (0..1000u32).filter(|number| number % 32 == stack) {
            let at = format!("203.0.{}.{}", stack + 1, number / 32 + 1);
            let _ = write!(
                text,
                "  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 {at}\n  VIPADISTRIBUTE DEFINE {at} PORT 443 DESTIP ALL\n"
            );
        }
        for (rank, next) in [(200, 24), (100, 15)] {
            let owner = (stack + next) % 32;
            for number in (0..1000u32).filter(|number| number % 32 == owner) {
                let at = format!("203.0.{}.{}", owner + 1, number / 32 + 1);
                let _ = writeln!(text, "  VIPABACKUP {rank} MOVEABLE IMMEDIATE 255.255.255.0 {at}");
            }
        }
        text.push_str("ENDVIPADYNAMIC\n");
        files.push((format!("s{stack:03}.profile"), text));
    }
    files.push(("sysplex.toml".to_owned(), toml));
    files
}

fn measure(what: &str, files: Vec<(String, String)>, delete: &str) {
    let mut system = MemorySystem::new();
    for (path, text) in files {
        system.insert(path, text);
    }
    let loading = Instant::now();
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() }).unwrap();
    let snapshot = compiler.snapshot();
    let findings = snapshot.findings().len();
    let model = snapshot.model();
    let loaded = loading.elapsed();
    let addresses = Addresses::default();
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let text = format!("{STEP}  VIPADELETE {delete}\nENDVIPADYNAMIC\n");
    let steps =
        [Step { stack: "TCP000".into(), path: "step.obey".into(), source: Arc::new(SourceText::new(&text)) }];
    let ask = Ask { snapshot: &snapshot, system: &system, after: None, before: &[], steps: &steps };
    let mut best = Duration::MAX;
    let mut said = String::new();
    for _ in 0..3 {
        let begun = Instant::now();
        let plan = plan(&world, &ask).unwrap();
        best = best.min(begun.elapsed());
        let moved: usize = plan.steps.iter().map(|step| step.moves.statuses.len()).sum();
        said = format!("{} refused, {moved} statuses other", plan.refused());
    }
    println!("{what:28} loaded in {loaded:.2?} ({findings} findings), planned in {best:.2?}: {said}");
}
