//! `text mutant NAME [faults=N] [requests=N]`: the search on the sysplex of a section with one wrong answer in its decision tables. What
//! is printed is what breaks and the scenario that shows it; numbers of states, which change with the search, are left out.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use analysis::explore::{Bounds, explore_from};
use analysis::names::Addresses;
use compiler::system::MemorySystem;
use compiler::{Compiler, Request, Settings};
use runtime_model::event::{LocalEnd, SocketOptions};
use runtime_model::founding::TABLES;
use runtime_model::model::{Model, Polarity, PortForm, Structures};
use runtime_model::tables::{ClosePlan, Tables};
use runtime_model::{Cluster, Event, Handle};

use super::engine::Ended;

/// The tables with one mistake each.
fn tables(name: &str) -> Option<Tables> {
    Some(match name {
        "same-port" => Tables { name: "same-port", choose: |_, _, _, _, _| Some(2000), ..TABLES },
        "leak" => Tables { name: "leak", close: |_, _, _, _| ClosePlan::Local, ..TABLES },
        "nobody-recovers" => Tables { name: "nobody-recovers", recovers: |_, _, _| false, ..TABLES },
        "locks-stay" => Tables { name: "locks-stay", break_locks: false, ..TABLES },
        "owners-stay" => Tables { name: "owners-stay", keep_old_owner: true, ..TABLES },
        "routes-stay" => Tables { name: "routes-stay", drop_routes: false, ..TABLES },
        "activations-stay" => Tables { name: "activations-stay", keep_failed_activation: true, ..TABLES },
        "lists-differ" => Tables {
            name: "lists-differ",
            choose: |c, ctx, stack, address, to| {
                let port = (TABLES.choose)(c, ctx, stack, address, to);
                if c.structures().ports == PortForm::List { port.map(|p| p + 1) } else { port }
            },
            ..TABLES
        },
        // Nothing is wrong with these: a search of the same size must find nothing.
        "none" => TABLES,
        _ => return None,
    })
}

/// Runs a block.
pub fn command(files: &MemorySystem, words: &[String]) -> Ended {
    let fault = |stderr: String| Ended { code: 2, stdout: String::new(), stderr };
    let Some(tables) = words.get(1).and_then(|name| tables(name)) else {
        return fault(format!("there are no such tables: {words:?}"));
    };
    let mut bounds = Bounds { faults: 0, requests: 0, states: 300_000, ..Bounds::default() };
    let mut forms = false;
    for word in &words[2..] {
        match word.split_once('=').map(|(key, value)| (key, value.parse::<u32>())) {
            Some(("faults", Ok(n))) => bounds.faults = n,
            Some(("requests", Ok(n))) => bounds.requests = n,
            None if word == "forms" => forms = true,
            _ => return fault(format!("{word}: use faults=N, requests=N or forms")),
        }
    }
    let mut compiler = Compiler::new(Settings::default());
    let request = Request { sysplex: Some(super::case::DESCRIPTION.to_owned()), profiles: Vec::new() };
    if let Err(error) = compiler.load(files, &request) {
        return fault(error.to_string());
    }
    let snapshot = compiler.snapshot();
    let model = snapshot.model();
    let named = snapshot.description().addresses.iter();
    let table: BTreeMap<String, IpAddr> =
        named.map(|entry| (entry.name.value.clone(), entry.address.value)).collect();
    let addresses = Addresses::new(&table);
    let stdout = if forms {
        compare_forms(&model, tables, &addresses, bounds.requests)
    } else {
        let start = Cluster::with_tables(&model, tables);
        let found = explore_from(&model, &start, "", &bounds, &addresses);
        found.counterexample.map(|broken| format!("{}\n\n{}", broken.broken.join("\n"), broken.scenario))
    };
    match stdout {
        Some(stdout) => Ended { code: 1, stdout, stderr: String::new() },
        None => Ended { code: 0, stdout: "no invariant broke\n".to_owned(), stderr: String::new() },
    }
}

/// Invariant 7: breadth first over requests and closes, the same in every form and both polarities at once. The first line that they
/// answer differently, with those before it.
fn compare_forms(model: &Model, tables: Tables, addresses: &Addresses, requests: u32) -> Option<String> {
    let base = Structures::default();
    let forms = [
        ("bitmap", base),
        ("bitmap, one is in use", Structures { polarity: Polarity::OneIsInUse, ..base }),
        ("list", Structures { ports: PortForm::List, ..base }),
        ("connection-table", Structures { ports: PortForm::ConnectionTable, ..base }),
    ];
    let cluster = |structures: Structures| {
        let mut cluster = Cluster::with_tables(&Model { structures, ..model.clone() }, tables);
        for stack in cluster.stack_ids().collect::<Vec<_>>() {
            cluster.step_quiet(&Event::Start(stack));
        }
        cluster
    };
    let mut level: Vec<(Vec<Cluster>, Vec<String>)> =
        vec![(forms.iter().map(|(_, form)| cluster(*form)).collect(), Vec::new())];
    for depth in 1..=requests {
        let mut next = Vec::new();
        for (clusters, lines) in &level {
            for (event, line) in alphabet(model, &clusters[0], addresses, depth) {
                let mut after = clusters.clone();
                let answers: Vec<String> = after
                    .iter_mut()
                    .map(|cluster| {
                        let outcome = cluster.step_quiet(&event);
                        match (outcome.refusal(), outcome.source.zip(outcome.port)) {
                            (Some(refusal), _) => format!("refused {:?}", refusal.errno),
                            (None, Some((source, port))) => format!("source {source} port {port}"),
                            (None, None) => "done".to_owned(),
                        }
                    })
                    .collect();
                let lines: Vec<String> = lines.iter().cloned().chain([line]).collect();
                if let Some(other) = answers.iter().position(|answer| *answer != answers[0]) {
                    let (first, form) = (&answers[0], forms[other].0);
                    return Some(format!(
                        "invariant 7 is broken: bitmap says {first}, {form} says {}\n\n{}\n",
                        answers[other],
                        lines.join("\n")
                    ));
                }
                next.push((after, lines));
            }
        }
        level = next;
    }
    None
}

/// Connects and binds of each job of the description, and closes. One remote end, so that capacity does not differ.
fn alphabet(model: &Model, cluster: &Cluster, addresses: &Addresses, depth: u32) -> Vec<(Event, String)> {
    let to = SocketAddr::from(([192, 0, 2, 9], 443));
    let mut cluster = cluster.clone();
    let mut all = Vec::new();
    for job in &model.jobs {
        let id = cluster.job(&job.name, job.user.as_deref());
        for (stack, name) in job.stacks.iter().filter_map(|s| Some((cluster.find_stack(s)?, s))) {
            let connection = Handle(depth);
            let event = Event::Connect { stack, job: id, to, from: None, connection };
            all.push((event, format!("{name} {} connect {to} as N{depth}", job.name)));
            for dvipa in model.stacks.iter().flat_map(|s| &s.dvipas) {
                let at = LocalEnd { address: Some(dvipa.address), port: 1025 };
                let (options, socket) = (SocketOptions::default(), Handle(depth));
                let event = Event::Bind { stack, job: id, at, options, socket };
                let shown = addresses.write(dvipa.address);
                all.push((event, format!("{name} {} bind {shown}:1025 as N{depth}", job.name)));
            }
        }
    }
    all.extend(cluster.sockets().map(|s| (Event::Close(s.handle), format!("close N{}", s.handle.0))));
    all
}
