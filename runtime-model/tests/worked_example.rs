//! The worked example of figure 6: as it stands, and with the backup that a takeover needs.

mod common;
use common::*;
use vipa_runtime_model::*;

/// MVS1 owns DVA1 and distributes its port 60 to MVS1, MVS2, MVS4; MVS5 owns DVB1, distributed to all. The entry on MVS3 is
/// misspelt in the source and so absent here.
fn printed() -> model::Model {
    model(vec![
        stack(1).define(DVA).distribute(DVA, &[60], &[1, 2, 4]).source(DVA, "APPA"),
        stack(2).source(DVA, "APPA").source(DVB, "APPB"),
        stack(3),
        stack(4).source(DVA, "APPA"),
        stack(5)
            .define(DVB)
            .distribute(DVB, &[60], &[])
            .distribute(DVA, &[60], &[2, 3, 4])
            .source(DVA, "APPA")
            .source(DVB, "APPB"),
    ])
}

fn corrected() -> model::Model {
    let mut m = printed();
    m.stacks[4] = m.stacks[4].clone().backup(DVA, 100);
    m.stacks[2] = m.stacks[2].clone().source(DVB, "APPB");
    m
}

#[test]
fn instances_leave_from_one_address_with_ports_of_their_own() {
    let mut p = Plex::new(&printed());
    accepted(&p.connect("T2", "APPA", SERVER, "a2"), DVA, 1025);
    accepted(&p.connect("T1", "APPA", SERVER, "a1"), DVA, 1026);
    accepted(&p.connect("T4", "APPA", SERVER, "a4"), DVA, 1027);
    accepted(&p.connect("T2", "APPB", SERVER, "b2"), DVB, 1025);
    accepted(&p.connect("T5", "APPB", SERVER, "b5"), DVB, 1026);
    // The misspelt entry: APP B on MVS3 falls to conventional selection.
    let out = p.connect("T3", "APPB", SERVER, "b3");
    accepted(&out, "10.0.0.3", 1025);
    assert!(out.via("F7:715"));
    // MVS5 distributes DVA1 without defining or backing it up: that makes no candidates, and APP A there is refused.
    assert_eq!((p.status("T3", DVA), p.status("T5", DVA)), ("inactive", "inactive"));
    refused(&p.connect("T5", "APPA", SERVER, "a5"), Errno::EADDRNOTAVAIL, "F7:740");
    // Without a backup the address ends with MVS1; what lives elsewhere stays claimed.
    p.fail("T1");
    assert_eq!((p.owner(DVA), p.ports(DVA)), (None, vec![1025, 1027]));
    refused(&p.connect("T2", "APPA", SERVER, "a6"), Errno::EADDRNOTAVAIL, "F7:740");
}

#[test]
fn with_a_backup_the_failure_of_the_routing_stack_loses_no_connection_of_others() {
    for ports in [model::PortForm::Bitmap, model::PortForm::List, model::PortForm::ConnectionTable] {
        let mut m = corrected();
        m.structures.ports = ports;
        let mut p = Plex::new(&m);
        p.listen("T2", "APPA", "*:60", "l2");
        p.listen("T4", "APPA", "203.0.113.1:60", "l4");
        for (s, name) in [("T1", "a1"), ("T2", "a2"), ("T4", "a4")] {
            p.connect(s, "APPA", SERVER, name);
        }
        p.client("198.18.0.1:4000", "203.0.113.1:60", "in");
        let server = p.c.route_of(at("198.18.0.1:4000"), at("203.0.113.1:60"));
        p.fail("T1");
        assert_eq!((p.owner(DVA), p.ports(DVA)), (Some("T5"), vec![60, 1026, 1027]));
        assert_eq!(p.c.route_of(at("198.18.0.1:4000"), at("203.0.113.1:60")), server);
        assert_eq!(p.c.route_of(at(SERVER), at("203.0.113.1:1027")), Routed::To(p.stack("T4")));
        // Its own statement is in force now: MVS3 is a candidate, and the port of MVS1 is free again.
        assert_eq!(p.status("T3", DVA), "target");
        accepted(&p.connect("T5", "APPA", SERVER, "a5"), DVA, 1025);
        p.start("T1");
        assert_eq!((p.owner(DVA), p.targets(DVA, 60)), (Some("T1"), vec!["T2", "T4"]));
        for name in ["a2", "a4", "a5", "in", "l2", "l4"] {
            p.close(name);
        }
        assert!(p.ports(DVA).is_empty());
        assert!(p.c.is_quiescent());
    }
}

#[test]
fn it_starts_in_any_order() {
    for order in [[5, 4, 3, 2, 1], [2, 1, 5, 3, 4], [3, 5, 1, 4, 2]] {
        let mut p = Plex::stopped(&corrected());
        p.listen("T2", "APPA", "*:60", "never");
        for n in order {
            p.start(&format!("T{n}"));
            p.listen(&format!("T{n}"), "APPA", "*:60", &format!("l{n}"));
        }
        assert_eq!(p.owner(DVA), Some("T1"), "{order:?}");
        assert_eq!(p.targets(DVA, 60), ["T1", "T2", "T4"], "{order:?}");
        assert_eq!(p.targets(DVB, 60).len(), 5);
        for s in ["T1", "T2", "T4"] {
            assert_eq!(p.connect(s, "APPA", SERVER, s).source, Some(ip(DVA)));
        }
        assert_eq!(p.ports(DVA), [1025, 1026, 1027]);
    }
}
