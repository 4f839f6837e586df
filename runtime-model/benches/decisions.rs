//! Bind, connect and close decisions a second, and the price of the last free port; prints one line a measurement.
//!
//! Run with `cargo bench -p vipa-runtime-model`.
#![allow(clippy::disallowed_methods, reason = "a measurement needs a clock, and asks the system")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Instant;

use common::*;
use vipa_runtime_model::model::{Model, PortForm};
use vipa_runtime_model::*;

/// 32 stacks, 1,000 DVIPAs on the first, distributed to all.
fn large(ports: PortForm) -> Model {
    let mut stacks: Vec<_> = (1..=32).map(stack).collect();
    for n in 0..1000u16 {
        let address = format!("203.0.{}.{}", n / 250, n % 250 + 1);
        stacks[0] =
            std::mem::replace(&mut stacks[0], stack(1)).define(&address).distribute(&address, &[60], &[]);
    }
    for s in &mut stacks {
        *s = std::mem::replace(s, stack(1)).source("203.0.0.1", "APPA");
    }
    let mut m = model(stacks);
    m.structures.ports = ports;
    m
}

/// Seconds that this process has had of a processor; on a system that does not tell, the time since `begun`.
fn busy(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").ok().and_then(|text| {
        let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
        Some((ticks(11)? + ticks(12)?) / 100.0)
    });
    told.unwrap_or_else(|| begun.elapsed().as_secs_f64())
}

/// The most memory that this process has had, as the system tells it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |value| value.trim().to_owned())
}

fn main() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        let m = large(ports);
        let begun = Instant::now();
        let mut c = Cluster::new(&m);
        for s in c.stack_ids().collect::<Vec<_>>() {
            c.step_quiet(&Event::Start(s));
        }
        println!(
            "{ports:?}: 32 stacks, 1,000 DVIPAs, all started: {:.2?}, memory up to {}",
            begun.elapsed(),
            most_memory()
        );
        let job = c.job("APPA", None);
        let (server, dvipa) = (at(SERVER), ip("203.0.0.1"));
        let connect = |n: u32, h: u32| Event::Connect {
            stack: StackId(u16::try_from(n % 32).unwrap()),
            job,
            to: server,
            from: None,
            connection: Handle(h),
        };
        for n in 0..60_000 {
            assert!(c.step_quiet(&connect(n, n)).ok());
        }
        let rounds = 250_000u32;
        let begun = Instant::now();
        let before = busy(begun);
        for n in 0..rounds {
            let h = 1_000_000 + n * 2;
            let bind = Event::Bind {
                stack: StackId(u16::try_from(n % 32).unwrap()),
                job,
                at: LocalEnd { address: Some(dvipa), port: 64_000 },
                options: SocketOptions::default(),
                socket: Handle(h),
            };
            black_box(c.step_quiet(&bind));
            black_box(c.step_quiet(&connect(n, h + 1)));
            black_box(c.step_quiet(&Event::Close(Handle(h))));
            black_box(c.step_quiet(&Event::Close(Handle(h + 1))));
        }
        let (wall, used) = (begun.elapsed().as_secs_f64(), busy(begun) - before);
        let all = f64::from(rounds * 4);
        println!(
            "{ports:?}: with 60,000 ports in use {:.0} decisions a second, {:.0} a second of processor time",
            all / wall,
            all / used
        );
        let mut h = 60_000;
        while c.step_quiet(&connect(1, h)).ok() {
            h += 1;
        }
        c.step_quiet(&Event::Close(Handle(h - 1)));
        let begun = Instant::now();
        for n in 0..10_000 {
            black_box(c.step_quiet(&connect(1, h + n)));
            c.step_quiet(&Event::Close(Handle(h + n)));
        }
        println!("{ports:?}: last free port chosen and given back: {:.2?}", begun.elapsed() / 10_000);
    }
    let mut c = Cluster::new(&three());
    for s in c.stack_ids().collect::<Vec<_>>() {
        c.step_quiet(&Event::Start(s));
    }
    let job = c.job("APPA", None);
    let begun = Instant::now();
    let rounds = 100_000u32;
    for n in 0..rounds {
        let mut fork = c.clone();
        let to = at(SERVER);
        let stack = StackId(u16::try_from(n % 3).unwrap());
        fork.run(&Event::Connect { stack, job, to, from: None, connection: Handle(1) }, Mode::Fine, false);
        fork.run(&Event::Step(stack), Mode::Fine, false);
        black_box(fork);
    }
    println!(
        "forks of a small cluster, two steps each: {:.0} a second",
        f64::from(rounds) / begun.elapsed().as_secs_f64()
    );
}
