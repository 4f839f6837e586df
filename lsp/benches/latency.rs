//! What somebody at an editor waits for: `cargo bench -p vipa-lsp --bench latency`.
//!
//! The server is a process of its own behind real pipes. A profile of 5,000 lines on a sysplex of 32 stacks of that size is open and
//! edited 10,000 times, broken text included; each edit's diagnostics are waited for. Prints times by the wall and resident memory.
//! `-- 1000` makes so many edits.
#![allow(
    missing_docs,
    dead_code,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark starts a process and reads the clock"
)]

#[path = "latency/client.rs"]
mod client;
#[path = "latency/edits.rs"]
mod edits;
#[path = "../../tests/generate/mod.rs"]
mod generate;

use std::path::Path;
use std::time::{Duration, Instant};

use client::Client;
use compiler::system::MemorySystem;
use compiler::{Change, Compiler, Request, Settings};
use edits::Editor;
use generate::{Random, Shape, sysplex};
use serde_json::json;

/// The allocator of the `vipa` command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Gives about 5,000 lines a profile.
const SHAPE: Shape = Shape { stacks: 32, dvipas: 30, ports: 1500, links: 720, seed: 7 };

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if args.first().is_some_and(|arg| arg == "serve") {
        let outcome = vipa_lsp::serve_stdio(None).unwrap();
        std::process::exit(i32::from(outcome.code()));
    }
    let edits: usize = args.first().map_or(10_000, |count| count.parse().unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("latency");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut bytes = 0;
    for (path, text) in sysplex(SHAPE) {
        bytes += text.len();
        std::fs::write(folder.join(path), text).unwrap();
    }
    let text = std::fs::read_to_string(folder.join("s000.profile")).unwrap();
    println!("32 stacks, {:.1} MB; {} lines are open", bytes as f64 / 1e6, text.lines().count());

    let mut rounds = Vec::new();
    let mut client = opened(&folder, &text);
    rounds.push(one_profile(&mut client, &text, edits));
    while rounds.len() < ROUNDS {
        client.leave();
        client = opened(&folder, &text);
        rounds.push(one_profile(&mut client, &text, edits));
    }
    best(&rounds);
    machine();
    features(&mut client, &text, edits.min(500));
    phases(&text);
    let (member, text) = ("common.member", std::fs::read_to_string(folder.join("common.member")).unwrap());
    client.close("s000.profile");
    shared_member(&mut client, member, &text, edits.min(300));
    client.leave();
    let _ = std::fs::remove_dir_all(&folder);
}

/// How often the same is done.
const ROUNDS: usize = 3;

/// What is timed in each round, in the order of the edits.
struct Round {
    diagnostics: Vec<Duration>,
    hovers: Vec<Duration>,
    completions: Vec<Duration>,
}

/// A new server that has told of the profile.
fn opened(folder: &Path, text: &str) -> Client {
    let mut client = Client::start(folder);
    let start = Instant::now();
    client.open("s000.profile", text);
    client.diagnostics_of("s000.profile", 0);
    println!(
        "open to diagnostics         {:8.1} ms, {:.1} MB",
        start.elapsed().as_secs_f64() * 1e3,
        client.resident()
    );
    client
}

/// The best of the rounds for each edit and question.
fn best(rounds: &[Round]) {
    let of = |times: fn(&Round) -> &Vec<Duration>| -> Vec<Duration> {
        let many = rounds.iter().map(|round| times(round).len()).min().unwrap_or(0);
        (0..many).filter_map(|one| rounds.iter().map(|round| times(round)[one]).min()).collect()
    };
    report("best: edit to diagnostics", &mut of(|round| &round.diagnostics));
    report("best: hover behind an edit", &mut of(|round| &round.hovers));
    report("best: completion behind one", &mut of(|round| &round.completions));
}

/// What the machine itself does to a piece of work that takes 2 ms, without a server: how much of the above is not ours.
fn machine() {
    let work = |turns: u64| {
        let start = Instant::now();
        let mut random = Random(1);
        for _ in 0..turns {
            std::hint::black_box(random.below(10));
        }
        start.elapsed()
    };
    let many = 1_000_000;
    let fastest = (0..20).map(|_| work(many)).min().unwrap_or_default();
    let turns = (many as f64 * 2e-3 / fastest.as_secs_f64()) as u64;
    let mut times: Vec<Duration> = (0..1000)
        .map(|_| {
            // As behind a question, the thread has slept before.
            std::thread::sleep(Duration::from_millis(3));
            work(turns)
        })
        .collect();
    report("2 ms of work, no server", &mut times);
}

/// Edits of the big profile, with questions in between.
fn one_profile(client: &mut Client, text: &str, edits: usize) -> Round {
    let name = "s000.profile";
    let mut editor = Editor::new(text, 11);
    let mut random = Random(5);
    let (mut diagnostics, mut hovers, mut completions) = (Vec::new(), Vec::new(), Vec::new());
    let (mut later_hovers, mut later_completions) = (Vec::new(), Vec::new());
    let mut early = 0.0;
    for number in 1..=edits {
        let edit = editor.next();
        let start = Instant::now();
        client.edit(name, number, &edit);
        if number % 10 == 0 {
            // At once, as an editor does behind each key, so that the answer has seen the edit.
            let at = editor.position(&mut random);
            let asked = Instant::now();
            let answered = client.ask("textDocument/hover", name, at, json!({}));
            hovers.push(answered - asked);
            let at = editor.position(&mut random);
            let asked = Instant::now();
            let answered = client.ask("textDocument/completion", name, at, json!({}));
            completions.push(answered - asked);
        }
        let found = client.diagnostics_of(name, number);
        if number % 10 != 0 {
            diagnostics.push(found - start);
        }
        if number % 10 == 5 {
            // Once the edit has been told of, as somebody does who reads what it came to.
            for (method, times) in [
                ("textDocument/hover", &mut later_hovers),
                ("textDocument/completion", &mut later_completions),
            ] {
                let asked = Instant::now();
                let answered = client.ask(method, name, editor.position(&mut random), json!({}));
                times.push(answered - asked);
            }
        }
        if number == 1000 {
            early = client.resident();
        }
    }
    report("edit to its diagnostics", &mut diagnostics.clone());
    report("hover behind an edit", &mut hovers.clone());
    report("completion behind an edit", &mut completions.clone());
    report("hover behind diagnostics", &mut later_hovers);
    report("completion behind them", &mut later_completions);
    let round = Round { diagnostics, hovers, completions };
    // Without an edit before them: what somebody sees who only reads.
    let (mut hovers, mut completions) = (Vec::new(), Vec::new());
    for _ in 0..500 {
        for (method, times) in
            [("textDocument/hover", &mut hovers), ("textDocument/completion", &mut completions)]
        {
            let asked = Instant::now();
            let answered = client.ask(method, name, editor.position(&mut random), json!({}));
            times.push(answered - asked);
        }
    }
    report("hover at rest", &mut hovers);
    report("completion at rest", &mut completions);
    let late = client.resident();
    if edits > 1000 {
        println!(
            "memory                      {early:8.1} MB after 1,000 edits, {late:.1} MB after {edits}: {:.2} times",
            late / early
        );
    } else {
        println!("memory                      {late:8.1} MB");
    }
    round
}

/// Edits of the member that all stacks include.
fn shared_member(client: &mut Client, name: &str, text: &str, edits: usize) {
    client.open(name, text);
    client.diagnostics_of(name, 0);
    let (mut first, mut all) = (Vec::new(), Vec::new());
    let mut editor = Editor::new(text, 3);
    for number in 1..=edits {
        let edit = editor.next();
        let start = Instant::now();
        client.edit(name, number, &edit);
        let (told, through) = client.diagnostics_and_rest(name, number);
        first.push(told - start);
        all.push(through - start);
    }
    report("member of all: the first", &mut first);
    report("member of all: all stacks", &mut all);
}

/// What editors ask for by themselves, each behind an edit whose diagnostics have come.
fn features(client: &mut Client, text: &str, rounds: usize) {
    let name = "s000.profile";
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 100_000, "character": 0 } });
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let asked = [
        ("textDocument/semanticTokens/full", json!({})),
        ("textDocument/documentSymbol", json!({})),
        ("textDocument/foldingRange", json!({})),
        ("textDocument/codeLens", json!({})),
        ("textDocument/inlayHint", json!({ "range": all })),
        ("textDocument/documentLink", json!({})),
        ("textDocument/formatting", json!({ "options": options })),
        ("textDocument/onTypeFormatting", json!({ "options": options, "ch": "\n" })),
        (
            "textDocument/codeAction",
            json!({ "range": { "start": { "line": 2000, "character": 0 }, "end": { "line": 2000, "character": 9 } }, "context": { "diagnostics": [] } }),
        ),
        ("textDocument/definition", json!({})),
        ("textDocument/references", json!({ "context": { "includeDeclaration": true } })),
        ("textDocument/documentHighlight", json!({})),
        ("textDocument/signatureHelp", json!({})),
        ("textDocument/diagnostic", json!({})),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); asked.len()];
    let mut editor = Editor::new(text, 29);
    let mut random = Random(17);
    client.close(name);
    client.open(name, text);
    client.diagnostics_of(name, 0);
    for number in 0..rounds {
        let edit = editor.next();
        client.edit(name, number + 1, &edit);
        client.diagnostics_of(name, number + 1);
        for ((method, more), times) in asked.iter().zip(&mut times) {
            let start = Instant::now();
            let answered = client.ask(method, name, editor.position(&mut random), more.clone());
            times.push(answered - start);
        }
    }
    for ((method, _), times) in asked.iter().zip(&mut times) {
        report(method.trim_start_matches("textDocument/"), times);
    }
}

/// What an edit is made of, without the server: the change, and the findings.
fn phases(text: &str) {
    let mut system = MemorySystem::new();
    for (path, text) in sysplex(SHAPE) {
        system.insert(path, text);
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut compiler = Compiler::new(Settings { threads, ..Settings::default() });
    let request = Request { sysplex: Some("sysplex.toml".to_owned()), profiles: vec![] };
    compiler.load(&system, &request).unwrap();
    let _ = compiler.snapshot().findings();
    let mut editor = Editor::new(text, 11);
    let (mut changes, mut findings) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        editor.next();
        let text = editor.text();
        let start = Instant::now();
        compiler.update(&system, &[Change::Open { path: "s000.profile", text: &text }]);
        changes.push(start.elapsed());
        let snapshot = compiler.snapshot();
        let start = Instant::now();
        let _ = snapshot.findings();
        findings.push(start.elapsed());
    }
    report("  of that: the change", &mut changes);
    report("  of that: the findings", &mut findings);
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: f64| {
        let place = ((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    println!(
        "{what:27} {:8.2} ms in the middle, {:.2} ms at 99 %, {:.2} ms at most, of {}",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}
