//! Invariant 7: the forms and polarities answer alike where capacity does not differ.

mod common;
use common::*;
#[path = "../../tests/property/mod.rs"]
mod property;

use proptest::prelude::*;
use vipa_runtime_model::model::{Polarity, PortForm, Structures};
use vipa_runtime_model::*;

#[derive(Clone, Debug)]
enum Do {
    Connect(u16, u8),
    Bind(u16, u16),
    Close(u32),
    Fail(u16),
    Start(u16),
}

fn what() -> impl Strategy<Value = Do> {
    prop_oneof![
        4 => (0u16..3, 0u8..3).prop_map(|(s, d)| Do::Connect(s, d)),
        3 => (0u16..3, prop::sample::select(vec![60, 1025, 1026, 1027, 5000])).prop_map(|(s, p)| Do::Bind(s, p)),
        3 => (1u32..40).prop_map(Do::Close),
        1 => (0u16..3).prop_map(Do::Fail),
        2 => (0u16..3).prop_map(Do::Start),
    ]
}

/// Verdict, source and port of every event.
fn run(structures: Structures, events: &[Do], spread: bool) -> Vec<(bool, Option<String>, Option<u16>)> {
    let mut m = three();
    m.structures = structures;
    let mut c = Cluster::new(&m);
    let job = c.job("APPA", None);
    let mut out = Vec::new();
    for stack in 0..3 {
        c.step_quiet(&Event::Start(StackId(stack)));
    }
    for (n, event) in events.iter().enumerate() {
        let handle = Handle(u32::try_from(n).unwrap() + 1);
        let event = match event {
            Do::Connect(s, d) => {
                // One remote end for all: there a connection table can give no more than a bitmap.
                let to = if spread { format!("192.0.2.{d}:443") } else { SERVER.to_owned() };
                Event::Connect { stack: StackId(*s), job, to: at(&to), from: None, connection: handle }
            }
            Do::Bind(s, port) => Event::Bind {
                stack: StackId(*s),
                job,
                at: LocalEnd { address: Some(ip(DVA)), port: *port },
                options: SocketOptions::default(),
                socket: handle,
            },
            Do::Close(n) => Event::Close(Handle(*n)),
            Do::Fail(s) => Event::Fail(StackId(*s)),
            Do::Start(s) => Event::Start(StackId(*s)),
        };
        let outcome = c.step_quiet(&event);
        assert_eq!(invariants(&c), []);
        out.push((outcome.ok(), outcome.source.map(|a| a.to_string()), outcome.port));
    }
    out
}

proptest! {
    #![proptest_config(property::cases(60))]

    #[test]
    fn bitmaps_and_lists_answer_alike(events in prop::collection::vec(what(), 1..40)) {
        let base = Structures::default();
        let first = run(base, &events, true);
        for other in [
            Structures { polarity: Polarity::OneIsInUse, ..base },
            Structures { ports: PortForm::List, ..base },
            Structures { ports: PortForm::List, polarity: Polarity::OneIsInUse, ..base },
        ] {
            prop_assert_eq!(&first, &run(other, &events, true));
        }
    }

    #[test]
    fn a_connection_table_answers_alike_for_one_remote_end(events in prop::collection::vec(what(), 1..40)) {
        let base = Structures::default();
        let table = Structures { ports: PortForm::ConnectionTable, ..base };
        prop_assert_eq!(run(base, &events, false), run(table, &events, false));
    }
}

#[test]
fn a_connection_table_uses_a_port_again_for_another_remote_end() {
    let mut m = three();
    m.structures.ports = PortForm::ConnectionTable;
    let mut p = Plex::new(&m);
    accepted(&p.connect("T2", "APPA", "192.0.2.1:443", "c1"), DVA, 1025);
    accepted(&p.connect("T2", "APPA", "192.0.2.2:443", "c2"), DVA, 1025);
    accepted(&p.connect("T3", "APPA", "192.0.2.1:443", "c3"), DVA, 1026);
    accepted(&p.connect("T3", "APPA", "192.0.2.3:443", "c4"), DVA, 1025);
    // A bind has no remote end: any entry with the port is in its way, and its own keeps everybody else off.
    refused(&p.bind("T1", "APPA", "203.0.113.1:1025", "s1"), Errno::EADDRINUSE, "F11:1110");
    accepted(&p.bind("T1", "APPA", "203.0.113.1:1027", "s2"), DVA, 1027);
    p.connect("T2", "APPA", "192.0.2.3:443", "c5");
    accepted(&p.connect("T2", "APPA", "192.0.2.3:443", "c6"), DVA, 1028);
    p.close("c1");
    assert_eq!(p.ports(DVA), [1025, 1026, 1027, 1028]);
    p.close("c2");
    p.close("c4");
    assert_eq!(p.ports(DVA), [1026, 1027, 1028]);
}

#[test]
fn the_last_port_is_found_and_then_none() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        let mut m = three();
        m.structures.ports = ports;
        for s in &mut m.stacks {
            s.ephemeral = Some((1025, 1030));
        }
        let mut p = Plex::new(&m);
        for n in 0..6u16 {
            let s = ["T1", "T2", "T3"][usize::from(n) % 3];
            accepted(&p.connect(s, "APPA", SERVER, &format!("c{n}")), DVA, 1025 + n);
        }
        refused(&p.connect("T2", "APPA", SERVER, "c9"), Errno::EAGAIN, "F9:935");
        p.close("c3");
        accepted(&p.connect("T2", "APPA", SERVER, "c9"), DVA, 1028);
    }
}

#[test]
fn a_port_that_was_bound_beside_a_connection_is_free_when_both_are_gone() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        let mut m = three();
        m.structures.ports = ports;
        let mut p = Plex::new(&m);
        accepted(&p.connect("T2", "APPA", SERVER, "c"), DVA, 1025);
        let (stack, job) = (p.stack("T2"), p.c.job("APPA", None));
        let end = LocalEnd { address: Some(ip(DVA)), port: 1025 };
        let options = SocketOptions { reuse_address: true, ..SocketOptions::default() };
        p.step(Event::Bind { stack, job, at: end, options, socket: Handle(77) });
        assert_eq!(p.ports(DVA), [1025]);
        p.step(Event::Close(Handle(77)));
        assert_eq!(p.ports(DVA), [1025]);
        p.close("c");
        assert!(p.ports(DVA).is_empty(), "{ports:?}");
    }
}
