//! The model against a naive implementation of source selection, bind and port choice, on random sysplexes and events.

mod cluster;
#[path = "../common/mod.rs"]
mod common;
mod plex;
#[path = "../../../tests/property/mod.rs"]
mod property;

use std::sync::Arc;

use cluster::{Answer, Naive, Request};
use plex::{Dice, Do, JOBS};
use vipa_runtime_model::founding::TABLES;
use vipa_runtime_model::model::{Model, Polarity, PortForm, Structures};
use vipa_runtime_model::tables::{ClosePlan, Source, Tables};
use vipa_runtime_model::*;

/// Both run the same events. The first difference, or none.
fn differ(m: &Model, tables: Tables, events: &[(u32, Do)]) -> Option<String> {
    let mut c = Cluster::with_tables(m, tables);
    let mut n = Naive::new(m);
    let mut configs = m.stacks.clone();
    let jobs = JOBS.map(|(name, user)| c.job(name, user));
    let id = |s: usize| StackId(u16::try_from(s).unwrap());
    for (handle, event) in events {
        let request = |stack: usize, job: usize, handle: u32| Request { stack, job: JOBS[job], handle };
        // A socket that is not there is asked for on the first stack.
        let stack_of = |c: &Cluster, h: u32| c.socket_view(Handle(h)).map_or(0, |s| usize::from(s.stack.0));
        let quiet = |r: Result<(), Errno>| r.map(|()| (None, 0));
        let (event, expected): (Event, Answer) = match event {
            Do::Start(s) => (Event::Start(id(*s)), quiet(n.start(*s))),
            Do::Fail(s) => (Event::Fail(id(*s)), quiet(n.fail(*s))),
            Do::Obey(s, edit) => {
                let config = plex::edit(&configs[*s], edit);
                let expected = n.obey(*s, &config);
                if expected.is_ok() {
                    configs[*s] = config.clone();
                }
                (Event::Obey { stack: id(*s), config: Arc::new(config) }, quiet(expected))
            }
            Do::Bind { stack, job, at, port, listen, reuse, udp } => {
                let options = SocketOptions { reuse_address: *reuse, udp: *udp, ..SocketOptions::default() };
                let (stack_id, end) = (id(*stack), LocalEnd { address: *at, port: *port });
                let (job_id, socket) = (jobs[*job], Handle(*handle));
                let event = if *listen {
                    Event::Listen { stack: stack_id, job: job_id, at: end, options, socket }
                } else {
                    Event::Bind { stack: stack_id, job: job_id, at: end, options, socket }
                };
                (event, n.bind(&request(*stack, *job, *handle), *at, *port, *listen, *reuse, *udp))
            }
            Do::ListenOn { job, socket } => {
                let Some(_) = c.socket_view(Handle(*socket)) else { continue };
                let stack = stack_of(&c, *socket);
                let event = Event::Listen {
                    stack: id(stack),
                    job: jobs[*job],
                    at: LocalEnd { address: None, port: 0 },
                    options: SocketOptions::default(),
                    socket: Handle(*socket),
                };
                (event, n.bind(&request(stack, *job, *socket), None, 0, true, false, false))
            }
            Do::Connect { stack, job, to } => {
                let (stack_id, connection) = (id(*stack), Handle(*handle));
                let event =
                    Event::Connect { stack: stack_id, job: jobs[*job], to: *to, from: None, connection };
                (event, n.connect(&request(*stack, *job, *handle), *to, None))
            }
            Do::ConnectFrom { job, to, socket } => {
                let stack = stack_of(&c, *socket);
                let from = Handle(*socket);
                let event = Event::Connect {
                    stack: id(stack),
                    job: jobs[*job],
                    to: *to,
                    from: Some(from),
                    connection: from,
                };
                (event, n.connect(&request(stack, *job, *socket), *to, Some(*socket)))
            }
            Do::Close(h) => (Event::Close(Handle(*h)), quiet(n.close(*h))),
        };
        let outcome = c.step(&event);
        let got = match &outcome.verdict {
            Verdict::Done => Ok((outcome.source, outcome.port.unwrap_or(0))),
            Verdict::Refused(r) => Err(r.errno),
            Verdict::Pending => return Some(format!("{event:?} does not end")),
        };
        let asked = matches!(event, Event::Bind { .. } | Event::Listen { .. } | Event::Connect { .. });
        let same = if asked { got == expected } else { got.is_ok() == expected.is_ok() };
        if !same {
            let path: Vec<String> = outcome.trace.iter().map(ToString::to_string).collect();
            let path = path.join("\n    ");
            return Some(format!("{event:?}\n  model {got:?}, naive {expected:?}\n    {path}"));
        }
        for a in plex::addresses() {
            let owner = n.owner(a);
            if c.owner_of(a) != owner.map(id) {
                return Some(format!("{event:?}\n  {a} is owned by {:?}, naive {owner:?}", c.owner_of(a)));
            }
            if owner.is_some_and(|o| n.cluster_ports(o, a)) && c.ports_in_use(a) != n.in_use(a) {
                let (is, should) = (c.ports_in_use(a), n.in_use(a));
                return Some(format!("{event:?}\n  ports of {a} in use: {is:?}, naive {should:?}"));
            }
        }
    }
    None
}

/// Leaves out events as long as the two still differ.
fn shrink(m: &Model, tables: Tables, mut events: Vec<(u32, Do)>) -> Vec<(u32, Do)> {
    let mut part = events.len() / 2;
    while part > 0 {
        let mut from = 0;
        while from < events.len() {
            let mut fewer = events.clone();
            fewer.drain(from..(from + part).min(events.len()));
            if differ(m, tables, &fewer).is_some() { events = fewer } else { from += part }
        }
        part /= 2;
    }
    events
}

/// The first seed for which the two differ, told with as few events as possible.
fn search(structures: Structures, tables: Tables, seeds: std::ops::Range<u64>) -> Option<String> {
    seeds.into_iter().find_map(|seed| {
        let mut dice = Dice(seed);
        let m = plex::plex(&mut dice, structures);
        let events: Vec<(u32, Do)> = (1..).zip(plex::events(&mut dice, &m, 60)).collect();
        differ(&m, tables, &events)?;
        let events = shrink(&m, tables, events);
        let told = differ(&m, tables, &events)?;
        let stacks: Vec<String> = m.stacks.iter().map(|s| format!("{s:?}")).collect();
        let list: Vec<String> = events.iter().map(|(n, e)| format!("{n}: {e:?}")).collect();
        Some(format!("seed {seed}\n{}\n{}\n{told}", stacks.join("\n"), list.join("\n")))
    })
}

fn agree(ports: PortForm, polarity: Polarity, seeds: std::ops::Range<u64>) {
    let structures = Structures { ports, polarity, ..Structures::default() };
    if let Some(told) = search(structures, TABLES, seeds) {
        panic!("{ports:?}, {polarity:?}: {told}");
    }
}

#[test]
fn bitmaps_in_which_one_is_available() {
    agree(PortForm::Bitmap, Polarity::OneIsAvailable, property::seeds(0, 700));
}

#[test]
fn bitmaps_in_which_one_is_in_use() {
    agree(PortForm::Bitmap, Polarity::OneIsInUse, property::seeds(20_000, 400));
}

#[test]
fn lists() {
    agree(PortForm::List, Polarity::OneIsAvailable, property::seeds(40_000, 500));
}

#[test]
fn connection_tables() {
    agree(PortForm::ConnectionTable, Polarity::OneIsAvailable, property::seeds(60_000, 700));
}

/// The two do find a mistake: each of these tables has one wrong answer, and a handful of events shows it.
#[test]
fn a_planted_mistake_is_found() {
    let wrong = [
        // F7:760: a range address is used without being activated.
        Tables {
            name: "idle",
            source: |c, ctx, r| (TABLES.source)(c, ctx, r).map(|s| Source { activate: false, ..s }),
            ..TABLES
        },
        // F9:935 and F9:910: the first port, whoever has it.
        Tables { name: "first", choose: |_, _, _, _, _| Some(1025), ..TABLES },
        Tables { name: "first-local", local_port: |_, _, _, _| Some(1025), ..TABLES },
        // F11:1102 and F11:1105: the coupling facility is not asked, or says yes to everybody.
        Tables { name: "unmarked", bind_marked: |_, _, _| false, ..TABLES },
        Tables { name: "always", bind_port: |_, _, _| Ok(()), ..TABLES },
        // F10:1020: nothing is given back.
        Tables { name: "leak", close: |_, _, _, _| ClosePlan::Local, ..TABLES },
        // F12: nobody clears up.
        Tables { name: "nobody", recovers: |_, _, _| false, ..TABLES },
        // An address that lost its owner is left alone.
        Tables { name: "orphan", takes_over: |_, _, _| false, ..TABLES },
    ];
    for tables in wrong {
        let told = search(Structures::default(), tables, 0..300);
        let told = told.unwrap_or_else(|| panic!("{} was not found", tables.name));
        let event = |l: &&str| l.split_once(": ").is_some_and(|(n, _)| n.parse::<u32>().is_ok());
        assert!(told.lines().filter(event).count() <= 8, "{}: {told}", tables.name);
    }
}
