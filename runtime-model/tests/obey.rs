//! Profile changes on a running stack, figure 8 with connections running, ioctl and operator commands.

mod common;
use common::*;
use vipa_runtime_model::model::{ClusterPortsAdded, Moveable, PortForm};
use vipa_runtime_model::*;

fn plain() -> model::Model {
    let mut m = three();
    m.stacks[0].dvipas[0].cluster_ports = false;
    m
}

fn with_clusterports(m: &model::Model) -> model::StackModel {
    let mut config = m.stacks[0].clone();
    config.dvipas[0].cluster_ports = true;
    config
}

#[test]
fn clusterports_added_while_connections_run_counts_them() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        let mut m = plain();
        m.structures.ports = ports;
        let mut p = Plex::new(&m);
        accepted(&p.connect("T2", "APPA", SERVER, "c2"), DVA, 1025);
        accepted(&p.connect("T3", "APPA", SERVER, "c3"), DVA, 1025);
        p.listen("T1", "WEB", "*:60", "l1");
        p.client("198.18.0.1:4000", "203.0.113.1:60", "in");
        let out = p.obey(with_clusterports(&m));
        assert!(out.via("F8B:885") && out.via("F8B:890") && out.via("F8B:875"));
        assert_eq!(p.ports(DVA), [60, 1025], "{ports:?}");
        accepted(&p.connect("T3", "APPA", SERVER, "c4"), DVA, 1026);
        p.close("c2");
        assert_eq!(p.ports(DVA), [60, 1025, 1026]);
        p.close("c3");
        assert_eq!(p.ports(DVA), [60, 1026]);
        p.close("in");
        assert_eq!(p.ports(DVA), [1026]);
    }
}

#[test]
fn clusterports_added_while_connections_run_can_be_refused() {
    let mut m = plain();
    m.structures.clusterports_added = ClusterPortsAdded::Refuse;
    let mut p = Plex::new(&m);
    p.connect("T2", "APPA", SERVER, "c2");
    let out = p.obey(with_clusterports(&m));
    assert!(out.messages.iter().any(|msg| msg.text.contains("refused")));
    assert!(p.connect("T3", "APPA", SERVER, "c3").via("F9:910"));
    p.close("c2");
    p.close("c3");
    p.obey(with_clusterports(&m));
    assert!(p.connect("T3", "APPA", SERVER, "c4").via("F9:935"));
}

#[test]
fn figure_8a_searches_the_routing_table_on_behalf_of_the_targets() {
    let mut m = plain();
    m.structures.stack_structures = false;
    let mut p = Plex::new(&m);
    p.connect("T2", "APPA", SERVER, "c2");
    p.connect("T3", "APPA", "192.0.2.8:443", "c3");
    p.connect("T1", "APPA", SERVER, "c1");
    let out = p.obey(with_clusterports(&m));
    assert!(out.via("F8A:805") && out.via("F8A:815") && out.via("F8A:840"));
    assert_eq!(p.ports(DVA), [1025]);
    accepted(&p.connect("T2", "APPA", SERVER, "c4"), DVA, 1026);
    for c in ["c1", "c2", "c3", "c4"] {
        assert!(!p.ports(DVA).is_empty());
        p.close(c);
    }
    assert!(p.ports(DVA).is_empty());
}

#[test]
fn clusterports_on_a_range_marks_its_active_addresses() {
    let m = model(vec![stack(1).range("198.51.100.0/24", false).source(RANGED, "APPA"), stack(2)]);
    let mut p = Plex::new(&m);
    accepted(&p.connect("T1", "APPA", SERVER, "c1"), RANGED, 1025);
    let mut config = m.stacks[0].clone();
    config.ranges[0].cluster_ports = true;
    let out = p.obey(config);
    assert!(out.via("F8B:870") && out.via("F8B:880"));
    assert_eq!((p.status("T1", RANGED), p.ports(RANGED)), ("active", vec![1025]));
    assert!(p.close("c1").via("F10:1020"));
    assert!(p.ports(RANGED).is_empty());
}

#[test]
fn statements_that_go_end_what_they_made() {
    let m = three();
    let mut p = Plex::new(&m);
    p.listen("T3", "WEB", "*:60", "l3");
    let mut config = m.stacks[0].clone();
    config.distributions[0].targets = model::Targets::Xcf(vec![]);
    p.obey(config.clone());
    assert_eq!((p.targets(DVA, 60).len(), p.status("T3", DVA)), (0, "backup"));
    config.dvipas.clear();
    config.distributions.clear();
    p.obey(config.clone());
    assert_eq!((p.owner(DVA), p.status("T1", DVA)), (Some("T2"), "inactive"));
    p.obey(m.stacks[0].clone());
    assert_eq!((p.owner(DVA), p.targets(DVA, 60)), (Some("T1"), vec!["T3"]));
    config.name = "OTHER".into();
    let stack = p.stack("T1");
    assert!(!p.step(Event::Obey { stack, config: config.into() }).ok());
}

#[test]
fn clusterports_taken_off_still_frees_what_was_claimed() {
    let m = three();
    let mut p = Plex::new(&m);
    p.connect("T1", "APPA", SERVER, "c1");
    p.connect("T2", "APPA", SERVER, "c2");
    p.obey(plain().stacks[0].clone());
    p.close("c1");
    p.close("c2");
    assert!(p.ports(DVA).is_empty());
}

#[test]
fn a_source_entry_that_is_not_right_yet_is_kept_with_a_message() {
    let m = three();
    let mut p = Plex::stopped(&m);
    p.start("T3");
    let mut alone = model(vec![stack(1).source(DVA, "APPA"), stack(2)]);
    let mut q = Plex::stopped(&alone);
    let out = q.start("T1");
    assert!(out.messages.iter().any(|msg| msg.text.contains(DVA)));
    assert!(out.assumptions.contains(Assumption::SourceKept));
    refused(&q.connect("T1", "APPA", SERVER, "c1"), Errno::EADDRNOTAVAIL, "F7:740");
    alone.stacks[0] = alone.stacks[0].clone().define(DVA);
    q.obey(alone.stacks[0].clone());
    accepted(&q.connect("T1", "APPA", SERVER, "c1"), DVA, 1025);
}

#[test]
fn the_ioctl_makes_and_deletes_a_range_address() {
    let mut p = Plex::new(&model(vec![stack(1).range("198.51.100.0/24", false), stack(2)]));
    let (stack, job) = (p.stack("T1"), p.c.job("MODDVIPA", None));
    assert!(p.step(Event::Define { stack, job, address: ip(RANGED) }).ok());
    assert_eq!(p.owner(RANGED), Some("T1"));
    let other = p.stack("T2");
    assert!(!p.step(Event::Define { stack: other, job, address: ip(RANGED) }).ok());
    assert!(p.step(Event::Delete { stack, job, address: ip(RANGED) }).ok());
    assert_eq!(p.owner(RANGED), None);
    assert!(!p.step(Event::Delete { stack, job, address: ip(RANGED) }).ok());
}

#[test]
fn a_range_address_moves_when_the_range_is_non_disruptive() {
    let ranged = |n| stack(n).range("198.51.100.0/24", true).source(RANGED, "APPA");
    let mut m = model(vec![ranged(1), ranged(2)]);
    m.stacks[0].ranges[0].non_disruptive = true;
    let mut p = Plex::new(&m);
    accepted(&p.connect("T1", "APPA", SERVER, "c1"), RANGED, 1025);
    accepted(&p.connect("T2", "APPA", SERVER, "c2"), RANGED, 1026);
    assert_eq!((p.status("T1", RANGED), p.status("T2", RANGED)), ("moving", "active"));
    assert_eq!(p.c.route_of(at(SERVER), at("198.51.100.7:1025")), Routed::To(p.stack("T1")));
    p.close("c1");
    assert_eq!((p.status("T1", RANGED), p.ports(RANGED)), ("inactive", vec![1026]));
}

#[test]
fn a_deactivated_owner_hands_over_and_quiesces() {
    let mut p = Plex::new(&three());
    p.connect("T1", "APPA", SERVER, "c1");
    let (stack, address) = (p.stack("T1"), ip(DVA));
    p.step(Event::Deactivate { stack, address });
    assert_eq!((p.owner(DVA), p.status("T1", DVA)), (Some("T2"), "quiescing"));
    assert!(!p.step(Event::Deactivate { stack, address }).ok());
    p.close("c1");
    assert_eq!(p.status("T1", DVA), "target");
    p.step(Event::Reactivate { stack, address });
    assert_eq!(p.owner(DVA), Some("T1"));
    assert!(!p.step(Event::Reactivate { stack, address }).ok());
}

#[test]
fn a_when_idle_owner_keeps_the_address_until_its_last_connection_ends() {
    let mut m = three();
    m.stacks[1].dvipas[0].moveable = Some(Moveable::WhenIdle);
    let mut p = Plex::new(&m);
    p.fail("T1");
    p.connect("T2", "APPA", SERVER, "c2");
    p.start("T1");
    assert_eq!(p.owner(DVA), Some("T2"));
    p.close("c2");
    assert_eq!(p.owner(DVA), Some("T1"));
}

#[test]
fn events_that_make_no_sense_are_refused() {
    let mut p = Plex::new(&three());
    let t9 = StackId(9);
    for event in [
        Event::Start(p.stack("T1")),
        Event::Start(t9),
        Event::Join(p.stack("T1")),
        Event::RestoreCf,
        Event::Step(p.stack("T1")),
        Event::Hold { stack: t9, at: CfStep::Lock },
        Event::Deliver { from: p.stack("T1"), to: t9 },
        Event::Fail(t9),
        Event::Close(Handle(99)),
        Event::Unlisten(Handle(99)),
        Event::Delay { from: t9, to: t9 },
    ] {
        assert!(!p.step(event.clone()).ok(), "{event:?}");
    }
    p.fail("T1");
    refused(&p.connect("T1", "APPA", SERVER, "c1"), Errno::ENETDOWN, "event");
    p.step(Event::Advance(60));
    assert_eq!(p.c.now(), 60);
}
