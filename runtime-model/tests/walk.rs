//! Seeded walks over small clusters in fine steps: whatever the order of steps, messages and failures, the invariants
//! hold, and a cluster that is left alone comes to rest.

mod common;
#[path = "../../tests/property/mod.rs"]
mod property;
use std::collections::BTreeSet;

use common::*;
use vipa_runtime_model::model::{Polarity, PortForm, Structures};
use vipa_runtime_model::*;

/// A linear congruential generator: the same walk for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

fn check(c: &Cluster, before: &Cluster, outcome: &Outcome, log: &[Event]) {
    let mut broken = invariants(c);
    broken.extend(refused_changes_nothing(before, c, outcome));
    if !broken.is_empty() {
        let told: Vec<String> = log.iter().map(|e| format!("{e:?}")).collect();
        panic!("{broken:#?}\n{outcome:?}\nafter\n{}", told.join("\n"));
    }
}

fn walk(structures: Structures, seed: u64, steps: usize, faults: usize) -> BTreeSet<&'static str> {
    let mut visited = BTreeSet::new();
    let mut m = three();
    m.structures = structures;
    m.stacks[0] = m.stacks[0].clone().range("198.51.100.0/24", true).source(RANGED, "APPB");
    m.stacks[1] = m.stacks[1].clone().range("198.51.100.0/24", true).source(RANGED, "APPB");
    m.stacks[1].ranges[0].non_disruptive = true;
    m.stacks[2] = m.stacks[2].clone().define(DVB).distribute(DVB, &[], &[]).source(DVB, "APPB");
    let mut c = Cluster::new(&m);
    let mut dice = Dice(seed);
    let stacks: Vec<StackId> = c.stack_ids().collect();
    let jobs = [c.job("APPA", None), c.job("APPB", None), c.job("OTHER", None)];
    let (mut log, mut next, mut faults) = (Vec::new(), 0u32, faults);
    let addresses = [None, Some(ip(DVA)), Some(ip(DVB)), Some(ip(RANGED))];
    for _ in 0..steps {
        let stack = stacks[dice.below(3)];
        let job = jobs[dice.below(3)];
        let handles: Vec<Handle> = c.sockets().map(|s| s.handle).collect();
        let some =
            |dice: &mut Dice| if handles.is_empty() { Handle(0) } else { handles[dice.below(handles.len())] };
        next += 1;
        let to = at(["192.0.2.9:443", "192.0.2.8:443"][dice.below(2)]);
        let local = LocalEnd { address: addresses[dice.below(4)], port: [0, 60, 1025, 5000][dice.below(4)] };
        let enabled = c.enabled();
        let event = match dice.below(24) {
            0..=7 if !enabled.is_empty() => enabled[dice.below(enabled.len())].clone(),
            8 | 9 => Event::Connect { stack, job, to, from: None, connection: Handle(next) },
            10 => {
                let from = some(&mut dice);
                let stack = c.socket_view(from).map_or(stack, |s| s.stack);
                Event::Connect { stack, job, to, from: Some(from), connection: from }
            }
            11 => {
                Event::Bind { stack, job, at: local, options: SocketOptions::default(), socket: Handle(next) }
            }
            12 => Event::Listen {
                stack,
                job,
                at: local,
                options: SocketOptions::default(),
                socket: Handle(next),
            },
            13..=15 if !handles.is_empty() => Event::Close(some(&mut dice)),
            16 if faults > 0 => {
                faults -= 1;
                Event::Fail(stack)
            }
            17 | 18 => Event::Start(stack),
            19 => {
                let client = at(["198.18.0.1:4000", "198.18.0.2:4000"][dice.below(2)]);
                let port = [60, 1025, 5000][dice.below(3)];
                let to = std::net::SocketAddr::new(addresses[1 + dice.below(2)].unwrap(), port);
                Event::ClientConnect { client, to, connection: Handle(next) }
            }
            20 if faults > 0 => {
                faults -= 1;
                match dice.below(6) {
                    0 => Event::LoseCf,
                    1 => Event::Leave(stack),
                    2 => Event::Deactivate { stack, address: ip(DVA) },
                    3 => Event::Delete { stack, job, address: ip(RANGED) },
                    4 => Event::Define { stack, job, address: ip(RANGED) },
                    _ => Event::FailCpc("C1".into()),
                }
            }
            21 => match dice.below(4) {
                3 => {
                    let mut config = m.stacks[usize::from(stack.0)].clone();
                    for range in &mut config.ranges {
                        range.cluster_ports = dice.below(2) == 0;
                    }
                    for d in &mut config.dvipas {
                        d.cluster_ports = dice.below(2) == 0;
                    }
                    if dice.below(4) == 0 {
                        config.distributions.clear();
                    }
                    if dice.below(6) == 0 {
                        config.dvipas.clear();
                    }
                    Event::Obey { stack, config: config.into() }
                }
                0 => Event::RestoreCf,
                1 => Event::Join(stack),
                _ => Event::Reactivate { stack, address: ip(DVA) },
            },
            _ => Event::Connect { stack, job, to, from: None, connection: Handle(next) },
        };
        let before = c.clone();
        log.push(event.clone());
        let outcome = c.run(&event, Mode::Fine, true);
        visited.extend(outcome.trace.iter().map(|s| s.at));
        check(&c, &before, &outcome, &log);
    }
    for _ in 0..100_000 {
        let enabled = c.enabled();
        if enabled.is_empty() {
            break;
        }
        let event = enabled[dice.below(enabled.len())].clone();
        let before = c.clone();
        log.push(event.clone());
        let outcome = c.run(&event, Mode::Fine, true);
        visited.extend(outcome.trace.iter().map(|s| s.at));
        check(&c, &before, &outcome, &log);
    }
    assert!(c.is_quiescent(), "seed {seed}: never at rest");
    // Every connection of an owned DVIPA is in the table of its routing stack once all is quiet.
    for s in c.sockets().filter(|s| s.peer.is_some()) {
        let (Some(address), Some((peer, _))) = (s.address, s.peer) else { continue };
        if let Some(owner) = c.owner_of(address) {
            let to = std::net::SocketAddr::new(address, s.port);
            let listed = c
                .sockets()
                .filter(|o| o.address == s.address && o.port == s.port && o.peer == s.peer)
                .count();
            if listed == 1 && c.in_group(s.stack) {
                assert_eq!(c.route_of(peer, to), Routed::To(s.stack), "seed {seed}, owner {owner:?}, {s:?}");
            }
        }
    }
    visited
}

fn forms() -> Vec<Structures> {
    let base = Structures::default();
    vec![
        base,
        Structures { polarity: Polarity::OneIsInUse, ..base },
        Structures { ports: PortForm::List, ..base },
        Structures { ports: PortForm::ConnectionTable, ..base },
    ]
}

#[test]
fn walks_without_faults_keep_the_invariants() {
    for (n, form) in forms().into_iter().enumerate() {
        for seed in property::seeds(0, 6) {
            walk(form, seed * 10 + n as u64, 150, 0);
        }
    }
}

#[test]
fn walks_with_faults_keep_the_invariants() {
    for (n, form) in forms().into_iter().enumerate() {
        for seed in property::seeds(0, 8) {
            walk(form, 1000 + seed * 10 + n as u64, 250, 6);
        }
    }
}

#[test]
fn walks_on_the_single_structure_keep_the_invariants() {
    for form in forms() {
        for seed in property::seeds(0, 4) {
            walk(Structures { stack_structures: false, ..form }, 5000 + seed, 200, 2);
        }
    }
}

#[test]
fn walks_visit_every_block_of_figures_7_to_12() {
    let mut visited = BTreeSet::new();
    for (n, form) in forms().into_iter().enumerate() {
        for split in [true, false] {
            for seed in 0..12 {
                let form = Structures { stack_structures: split, ..form };
                visited.extend(walk(form, 9000 + seed * 7 + n as u64, 250, 4));
            }
        }
    }
    let figures: [(&str, &[u16]); 7] = [
        ("F7", &[700, 705, 710, 715, 720, 735, 740, 745, 750, 755, 760]),
        ("F8A", &[800, 805, 810, 815, 820, 825, 830, 835, 840]),
        ("F8B", &[800, 850, 855, 860, 865, 870, 875, 880, 885, 890]),
        ("F9", &[900, 905, 910, 915, 920, 925, 930, 935, 940, 945, 950]),
        ("F10", &[1000, 1005, 1010, 1015, 1020, 1025, 1035]),
        ("F11", &[1100, 1102, 1105, 1110, 1115, 1120, 1125, 1130, 1135, 1140, 1145, 1150, 1155, 1160]),
        ("F12", &[1200, 1205, 1210, 1215]),
    ];
    let missing: Vec<String> = figures
        .iter()
        .flat_map(|(figure, blocks)| blocks.iter().map(move |block| format!("{figure}:{block}")))
        .filter(|at| !visited.contains(at.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
