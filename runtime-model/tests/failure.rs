//! Failure and recovery (F12, section 6), and the coupling facility with its locks.

mod common;
use common::*;
use vipa_runtime_model::model::{Polarity, PortForm, Structures};
use vipa_runtime_model::*;

#[test]
fn the_routing_stack_frees_the_ports_of_a_failed_target() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        for polarity in [Polarity::OneIsAvailable, Polarity::OneIsInUse] {
            let mut m = three();
            m.structures = Structures { ports, polarity, ..Structures::default() };
            let mut p = Plex::new(&m);
            p.connect("T2", "APPA", SERVER, "c1");
            p.bind("T2", "APPA", "203.0.113.1:5000", "s1");
            p.connect("T3", "APPA", SERVER, "c2");
            assert_eq!(p.ports(DVA), [1025, 1026, 5000]);
            let out = p.fail("T2");
            assert!(out.via("F12:1200") && out.via("F12:1205") && out.via("F12:1210") && out.via("F12:1215"));
            assert_eq!(p.ports(DVA), [1026]);
            accepted(&p.connect("T3", "APPA", SERVER, "c3"), DVA, 1025);
            // It comes back with nothing of its former life.
            p.start("T2");
            accepted(&p.connect("T2", "APPA", SERVER, "c4"), DVA, 1027);
        }
    }
}

#[test]
fn a_port_that_a_survivor_shares_stays_unavailable() {
    let mut p = Plex::new(&three());
    p.listen("T2", "WEB", "203.0.113.1:60", "l2");
    p.listen("T3", "WEB", "203.0.113.1:60", "l3");
    assert_eq!(p.ports(DVA), [60]);
    p.fail("T2");
    assert_eq!((p.ports(DVA), p.targets(DVA, 60)), (vec![60], vec!["T3"]));
    p.close("l3");
    assert!(p.ports(DVA).is_empty());
}

#[test]
fn the_highest_live_backup_takes_over_and_clears_up() {
    let mut p = Plex::new(&three());
    p.connect("T1", "APPA", SERVER, "c1");
    p.connect("T2", "APPA", SERVER, "c2");
    p.connect("T3", "APPA", SERVER, "c3");
    let out = p.fail("T1");
    assert_eq!(p.owner(DVA), Some("T2"));
    assert!(out.messages.iter().any(|m| m.id == Some("EZZ8301I")));
    assert_eq!(p.ports(DVA), [1026, 1027]);
    // The tables were rebuilt from what the targets reported.
    let to = at("203.0.113.1:1027");
    assert_eq!(p.c.route_of(at(SERVER), to), Routed::To(p.stack("T3")));
    p.fail("T2");
    assert_eq!((p.owner(DVA), p.ports(DVA)), (Some("T3"), vec![1027]));
    p.fail("T3");
    assert_eq!(p.owner(DVA), None);
    p.start("T3");
    assert_eq!(p.owner(DVA), Some("T3"), "a backup takes an address that was lost");
    p.start("T1");
    assert_eq!((p.owner(DVA), p.status("T3", DVA)), (Some("T1"), "target"));
}

#[test]
fn a_backup_waits_until_the_address_had_an_owner() {
    let mut p = Plex::stopped(&three());
    p.start("T2");
    assert_eq!((p.owner(DVA), p.status("T2", DVA)), (None, "backup"));
    p.start("T1");
    assert_eq!(p.owner(DVA), Some("T1"));
}

#[test]
fn connections_survive_takeover_and_takeback() {
    let mut p = Plex::new(&three());
    p.listen("T3", "WEB", "*:60", "l3");
    p.client("198.18.0.1:4000", "203.0.113.1:60", "c1");
    p.fail("T1");
    let (client, to) = (at("198.18.0.1:4000"), at("203.0.113.1:60"));
    assert_eq!(p.c.route_of(client, to), Routed::To(p.stack("T3")));
    p.connect("T2", "APPA", SERVER, "c2");
    p.start("T1");
    assert_eq!(p.status("T2", DVA), "moving");
    assert_eq!(p.c.route_of(client, to), Routed::To(p.stack("T3")));
    assert_eq!(p.c.route_of(at(SERVER), at("203.0.113.1:1025")), Routed::To(p.stack("T2")));
    p.close("c2");
    assert_eq!(p.status("T2", DVA), "target");
}

#[test]
fn requests_wait_for_reports_after_a_takeover() {
    let mut p = Plex::new(&three());
    p.listen("T3", "WEB", "*:60", "l3");
    p.delay("T3", "T2");
    p.fail("T1");
    let out = p.client("198.18.0.1:4000", "203.0.113.1:60", "c1");
    assert_eq!(out.verdict, Verdict::Pending);
    let out = p.deliver("T3", "T2");
    assert_eq!((out.verdict, out.stack), (Verdict::Done, Some(p.stack("T3"))));
    assert_eq!(p.c.connections(p.stack("T3")).len(), 1);
}

#[test]
fn a_stack_waits_for_the_lock_and_sees_what_the_holder_wrote() {
    for at in [CfStep::Lock, CfStep::Revise, CfStep::Return] {
        let mut p = Plex::new(&three());
        p.hold("T2", at);
        assert_eq!(p.connect("T2", "APPA", SERVER, "c2").verdict, Verdict::Pending);
        assert_eq!(p.connect("T3", "APPA", SERVER, "c3").verdict, Verdict::Pending, "{at:?}");
        let out = p.release("T2");
        accepted(&out, DVA, 1025);
        assert_eq!(out.completed.len(), 2);
        assert_eq!(out.completed[1].port, Some(1026));
    }
    // Before the lock nobody is kept waiting, and what was obtained before is read again.
    let mut p = Plex::new(&three());
    p.hold("T2", CfStep::Obtain);
    assert_eq!(p.connect("T2", "APPA", SERVER, "c2").verdict, Verdict::Pending);
    accepted(&p.connect("T3", "APPA", SERVER, "c3"), DVA, 1025);
    accepted(&p.release("T2"), DVA, 1026);
}

#[test]
fn a_holder_that_fails_leaves_the_structures_right_and_the_lock_free() {
    for at in [CfStep::Obtain, CfStep::Lock, CfStep::Revise, CfStep::Return] {
        let mut p = Plex::new(&three());
        p.hold("T2", at);
        p.connect("T2", "APPA", SERVER, "c2");
        p.connect("T3", "APPA", SERVER, "c3");
        p.fail("T2");
        assert_eq!(p.ports(DVA), [1025 + u16::from(at == CfStep::Return)], "{at:?}");
        let first = p.c.socket_view(p.handle_of("c3")).unwrap().port;
        accepted(&p.connect("T3", "APPA", SERVER, "c4"), DVA, if first == 1025 { 1026 } else { 1025 });
        assert!(p.c.is_quiescent());
    }
}

#[test]
fn steps_can_be_taken_one_by_one() {
    let mut p = Plex::new(&three());
    p.hold("T2", CfStep::Obtain);
    p.connect("T2", "APPA", SERVER, "c2");
    let step = Event::Step(p.stack("T2"));
    for _ in 0..3 {
        assert_eq!(p.step(step.clone()).source, None);
        assert!(!p.c.is_quiescent());
    }
    let out = p.step(step.clone());
    accepted(&out, DVA, 1025);
    refused(&p.step(step), Errno::EINVAL, "event");
}

#[test]
fn work_of_one_stack_is_done_in_order() {
    let mut p = Plex::new(&three());
    p.bind("T2", "APPA", "203.0.113.1:5000", "s");
    p.hold("T2", CfStep::Lock);
    p.connect("T2", "APPA", SERVER, "c1");
    assert_eq!(p.close("s").verdict, Verdict::Pending);
    let out = p.release("T2");
    assert_eq!(out.completed.len(), 2);
    assert_eq!(p.ports(DVA), [1025]);
}

#[test]
fn without_a_coupling_facility_requests_are_refused_and_ports_come_back_with_it() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        let mut m = three();
        m.structures.ports = ports;
        let mut p = Plex::new(&m);
        p.connect("T2", "APPA", SERVER, "c1");
        p.connect("T3", "APPA", SERVER, "c2");
        p.bind("T3", "APPA", "203.0.113.1:5000", "s1");
        p.step(Event::LoseCf);
        refused(&p.connect("T2", "APPA", SERVER, "c3"), Errno::EADDRNOTAVAIL, "cf-lost");
        refused(&p.bind("T2", "APPA", "203.0.113.1:6000", "s2"), Errno::EADDRNOTAVAIL, "cf-lost");
        assert_eq!(p.bind("T2", "APPA", "*:6001", "s3").verdict, Verdict::Done);
        p.close("c1");
        p.step(Event::RestoreCf);
        assert_eq!(p.ports(DVA), [1026, 5000]);
        accepted(&p.connect("T2", "APPA", SERVER, "c4"), DVA, 1025);
        p.close("s1");
        p.close("c2");
        assert_eq!(p.ports(DVA), [1025]);
    }
}

#[test]
fn a_single_structure_is_not_recovered() {
    let mut m = three();
    m.structures.stack_structures = false;
    let mut p = Plex::new(&m);
    p.connect("T2", "APPA", SERVER, "c1");
    p.connect("T3", "APPA", SERVER, "c2");
    p.fail("T2");
    assert_eq!(p.ports(DVA), [1025, 1026]);
    p.close("c2");
    assert_eq!(p.ports(DVA), [1025]);
}

#[test]
fn a_stack_that_leaves_its_group_gives_everything_up() {
    let mut p = Plex::new(&three());
    p.connect("T1", "APPA", SERVER, "c1");
    p.bind("T1", "X", "10.0.0.1:7000", "s1");
    p.step(Event::Leave(p.stack("T1")));
    assert_eq!((p.owner(DVA), p.status("T1", DVA)), (Some("T2"), "inactive"));
    assert!(p.ports(DVA).is_empty());
    assert_eq!(p.c.sockets().count(), 1, "sockets at other addresses live on");
    refused(&p.connect("T1", "APPA", SERVER, "c2"), Errno::EADDRNOTAVAIL, "F7:740");
    p.step(Event::Join(p.stack("T1")));
    assert_eq!(p.owner(DVA), Some("T1"));
}

#[test]
fn a_cpc_fails_as_a_whole() {
    let mut p = Plex::new(&three());
    p.connect("T3", "APPA", SERVER, "c1");
    p.step(Event::FailCpc("C1".into()));
    assert_eq!((p.owner(DVA), p.ports(DVA)), (Some("T3"), vec![1025]));
    assert!(!p.step(Event::FailSystem("M9".into())).ok());
    p.step(Event::FailSystem("M3".into()));
    assert_eq!(p.owner(DVA), None);
}

#[test]
fn requests_that_wait_end_with_the_stack_that_holds_them() {
    let mut p = Plex::new(&three());
    p.delay("T3", "T2");
    p.fail("T1");
    assert_eq!(p.client("198.18.0.1:4000", "203.0.113.1:60", "c1").verdict, Verdict::Pending);
    let out = p.fail("T2");
    assert_eq!(out.completed.len(), 1);
    assert!(matches!(&out.completed[0].verdict, Verdict::Refused(r) if r.errno == Errno::EHOSTUNREACH));
}

#[test]
fn a_stack_alone_clears_what_its_former_life_and_others_left() {
    let mut p = Plex::new(&three());
    p.connect("T1", "APPA", SERVER, "c1");
    p.connect("T2", "APPA", SERVER, "c2");
    p.hold("T1", CfStep::Lock);
    p.connect("T1", "APPA", SERVER, "c3");
    p.step(Event::FailCpc("C2".into()));
    p.step(Event::FailCpc("C1".into()));
    // Nobody is left to hear of anything.
    assert_eq!(p.ports(DVA), [1025, 1026]);
    let out = p.start("T1");
    assert!(out.via("F12:1210") && out.assumptions.contains(Assumption::CleanOnReturn));
    assert!(p.ports(DVA).is_empty());
    accepted(&p.connect("T1", "APPA", SERVER, "c4"), DVA, 1025);
}

#[test]
fn clusterports_that_comes_with_the_first_partner_counts_what_runs() {
    let mut p = Plex::stopped(&three());
    p.start("T1");
    p.fail("T1");
    p.start("T2");
    // T2 never heard that the owner codes CLUSTERPORTS.
    assert_eq!(p.owner(DVA), Some("T2"));
    assert!(p.connect("T2", "APPA", SERVER, "c2").via("F9:910"));
    let out = p.start("T1");
    assert!(out.assumptions.contains(Assumption::LateKeyword));
    assert_eq!(p.ports(DVA), [1025]);
    accepted(&p.connect("T1", "APPA", SERVER, "c1"), DVA, 1026);
    p.close("c2");
    assert_eq!(p.ports(DVA), [1026]);
}
