//! Distribution: targets, tables, which listeners are reported, routes outside workload distribution (003, 004).

mod common;
use common::*;
use vipa_runtime_model::model::{Method, PortFor, PortForm};
use vipa_runtime_model::*;

const TO: &str = "203.0.113.1:60";

fn client(n: u16) -> String {
    format!("198.18.0.1:{}", 4000 + n)
}

#[test]
fn a_listener_makes_its_stack_an_actual_target() {
    let mut p = Plex::new(&three());
    refused(&p.client("198.18.0.1:4000", TO, "c0"), Errno::ECONNREFUSED, "003#1");
    let out = p.listen("T2", "WEB", "*:60", "l2");
    assert!(out.via("003#7"));
    p.listen("T3", "WEB", "203.0.113.1:60", "l3");
    assert_eq!(p.targets(DVA, 60), ["T2", "T3"]);
    let out = p.client("198.18.0.1:4001", TO, "c1");
    assert_eq!(out.stack, Some(p.stack("T2")));
    assert!(out.via("003#12"));
    p.close("l2");
    assert_eq!(p.targets(DVA, 60), ["T3"]);
    // The connection goes on, and its packets follow the current routing table.
    let out = p.step(Event::Packet { client: at("198.18.0.1:4001"), to: at(TO) });
    assert_eq!(out.stack, Some(p.stack("T2")));
    assert!(out.via("003#16"));
    p.close("c1");
    assert_eq!(p.c.route_of(at("198.18.0.1:4001"), at(TO)), Routed::To(p.stack("T3")));
}

#[test]
fn work_is_shared_out_in_turn_and_by_weight() {
    let mut p = Plex::new(&three());
    p.listen("T2", "WEB", "*:60", "l2");
    p.listen("T3", "WEB", "*:60", "l3");
    for n in 0..6 {
        p.client(&client(n), TO, &format!("c{n}"));
    }
    let count = |p: &Plex, s: &str| p.c.connections(p.stack(s)).len();
    assert_eq!((count(&p, "T2"), count(&p, "T3")), (3, 3));
    let (stack, job) = (p.stack("T2"), p.c.job("WEB", None));
    p.step(Event::Weight { stack, job, value: 3 });
    for n in 6..14 {
        p.client(&client(n), TO, &format!("c{n}"));
    }
    assert_eq!((count(&p, "T2"), count(&p, "T3")), (9, 5));
    p.step(Event::Quiesce { stack, port: 60 });
    p.client(&client(20), TO, "c20");
    assert_eq!(count(&p, "T3"), 6);
    p.step(Event::Resume { stack, port: 60 });
    p.step(Event::Tsr { stack: p.stack("T3"), value: 0 });
    p.client(&client(21), TO, "c21");
    assert_eq!(count(&p, "T2"), 10);
    assert!(!p.step(Event::Tsr { stack, value: 101 }).ok());
}

#[test]
fn candidates_are_listed_or_all_even_later() {
    let mut m = model(vec![stack(1).define(DVA).distribute(DVA, &[60], &[1, 2]), stack(2), stack(3)]);
    let mut p = Plex::new(&m);
    p.listen("T3", "WEB", "*:60", "l3");
    assert!(p.targets(DVA, 60).is_empty());
    assert_eq!(p.status("T3", DVA), "inactive");
    m.stacks[0].distributions.clear();
    m.stacks[0] = m.stacks[0].clone().distribute(DVA, &[60], &[]);
    let mut p = Plex::stopped(&m);
    p.start("T1");
    p.start("T3");
    p.listen("T3", "WEB", "*:60", "l3");
    p.start("T2");
    p.listen("T2", "WEB", "*:60", "l2");
    assert_eq!(p.targets(DVA, 60), ["T2", "T3"]);
}

#[test]
fn listeners_that_are_open_already_are_reported_with_the_definitions() {
    let mut p = Plex::stopped(&three());
    p.start("T3");
    p.listen("T3", "WEB", "*:60", "l3");
    p.start("T1");
    assert_eq!(p.targets(DVA, 60), ["T3"]);
}

#[test]
fn a_distribution_without_definition_or_backup_makes_no_candidates() {
    let mut p =
        Plex::new(&model(vec![stack(1).define(DVA), stack(2).distribute(DVA, &[60], &[2, 3]), stack(3)]));
    p.listen("T3", "WEB", "*:60", "l3");
    assert_eq!((p.status("T3", DVA), p.targets(DVA, 60).len()), ("inactive", 0));
}

#[test]
fn which_listeners_are_reported() {
    // With a port list: bound to nothing or to the DVIPA, on a listed port.
    let mut p = Plex::new(&three());
    p.listen("T1", "WEB", "*:60", "l1");
    p.listen("T2", "WEB", "10.0.0.2:60", "l2");
    p.listen("T3", "WEB", "*:61", "l3");
    assert_eq!(p.targets(DVA, 60), ["T1"]);
    assert!(p.targets(DVA, 61).is_empty());
    // Without one: bound to the DVIPA itself, on any port.
    let mut m = three();
    m.stacks[0].distributions[0].ports.clear();
    let mut p = Plex::new(&m);
    p.listen("T2", "WEB", "*:60", "l2");
    p.listen("T3", "WEB", "203.0.113.1:61", "l3");
    assert!(p.targets(DVA, 60).is_empty());
    assert_eq!(p.targets(DVA, 61), ["T3"]);
}

#[test]
fn the_routing_stack_serves_what_it_listens_on_itself() {
    let mut p = Plex::new(&three());
    p.listen("T1", "ADMIN", "*:2000", "l1");
    let out = p.client("198.18.0.1:4000", "203.0.113.1:2000", "c1");
    assert_eq!(out.stack, Some(p.stack("T1")));
    assert!(out.trace.iter().any(|s| s.at == "003#13" && s.answer == Answer::Yes));
    refused(&p.client("198.18.0.1:4000", "203.0.113.9:2000", "c2"), Errno::EHOSTUNREACH, "003#1");
}

#[test]
fn a_listener_on_an_ephemeral_port_gets_a_route_of_its_own() {
    for ports in [PortForm::Bitmap, PortForm::List, PortForm::ConnectionTable] {
        let mut m = three();
        m.structures.ports = ports;
        let mut p = Plex::new(&m);
        let out = p.listen("T3", "FTPD", "203.0.113.1:0", "data");
        accepted(&out, DVA, 1025);
        assert!(out.via("F9:935") && out.via("004#15"));
        assert!(p.targets(DVA, 1025).is_empty());
        let out = p.client("198.18.0.1:4000", "203.0.113.1:1025", "c1");
        assert_eq!(out.stack, Some(p.stack("T3")));
        assert!(out.via("004#11"));
        p.close("data");
        // The connection keeps the port in use; the route has ended with the listener.
        assert_eq!(p.ports(DVA), [1025]);
        refused(&p.client("198.18.0.1:4001", "203.0.113.1:1025", "c2"), Errno::ECONNREFUSED, "003#1");
        p.close("c1");
        assert!(p.ports(DVA).is_empty());
    }
}

#[test]
fn unique_routes_survive_a_takeover() {
    let mut p = Plex::new(&three());
    p.listen("T3", "FTPD", "203.0.113.1:5000", "data");
    p.fail("T1");
    let out = p.client("198.18.0.1:4000", "203.0.113.1:5000", "c1");
    assert_eq!(out.stack, Some(p.stack("T3")));
    assert!(out.via("004#11"));
}

#[test]
fn listed_ports_may_have_a_listener_on_each_target() {
    let mut p = Plex::new(&three());
    p.listen("T2", "WEB", "203.0.113.1:60", "l2");
    let out = p.listen("T3", "WEB", "203.0.113.1:60", "l3");
    accepted(&out, DVA, 60);
    assert!(out.assumptions.contains(Assumption::SharedListenerPorts));
    p.close("l2");
    assert_eq!(p.ports(DVA), [60]);
    p.close("l3");
    assert!(p.ports(DVA).is_empty());
    // With no list, a port that each stack reserves.
    let mut m = three();
    m.stacks[0].distributions[0].ports.clear();
    for s in &mut m.stacks {
        *s = s.clone().port(80, PortFor::Job("WEB".into()));
    }
    let mut p = Plex::new(&m);
    accepted(&p.listen("T2", "WEB", "203.0.113.1:80", "l2"), DVA, 80);
    accepted(&p.listen("T3", "WEB", "203.0.113.1:80", "l3"), DVA, 80);
    refused(&p.listen("T3", "WEB", "203.0.113.1:80", "l4"), Errno::EADDRINUSE, "local-ports");
    accepted(&p.listen("T2", "WEB", "203.0.113.1:81", "l5"), DVA, 81);
    refused(&p.listen("T3", "WEB", "203.0.113.1:81", "l6"), Errno::EADDRINUSE, "F11:1110");
    // Read to the letter, figure 11 refuses the second instance.
    let mut m = three();
    m.assumptions.insert("shared-listener-ports".into(), "no".into());
    let mut p = Plex::new(&m);
    p.listen("T2", "WEB", "203.0.113.1:60", "l2");
    refused(&p.listen("T3", "WEB", "203.0.113.1:60", "l3"), Errno::EADDRINUSE, "F11:1110");
}

#[test]
fn no_connection_leaves_from_a_port_that_other_stacks_listen_on() {
    let mut p = Plex::new(&three());
    p.listen("T2", "WEB", "203.0.113.1:60", "l2");
    p.bind("T3", "WEB", "203.0.113.1:60", "s3");
    refused(&p.connect_from("T3", "WEB", SERVER, "s3"), Errno::EADDRINUSE, "F9:920");
    p.close("l2");
    accepted(&p.connect_from("T3", "WEB", SERVER, "s3"), DVA, 60);
}

#[test]
fn a_listed_port_is_never_chosen_for_a_connection() {
    let mut m = three();
    m.stacks[0].distributions[0].ports = vec![1025, 1027];
    let mut p = Plex::new(&m);
    accepted(&p.connect("T2", "APPA", SERVER, "c1"), DVA, 1026);
    accepted(&p.connect("T1", "APPA", SERVER, "c2"), DVA, 1028);
}

#[test]
fn a_connection_that_a_target_begins_is_routed_back_to_it() {
    let mut p = Plex::new(&three());
    p.delay("T3", "T1");
    p.connect("T3", "APPA", SERVER, "c1");
    let to = at("203.0.113.1:1025");
    assert_eq!(p.c.route_of(at(SERVER), to), Routed::Held(p.stack("T1")));
    p.deliver("T3", "T1");
    assert_eq!(p.c.route_of(at(SERVER), to), Routed::To(p.stack("T3")));
    p.close("c1");
    assert_eq!(p.c.route_of(at(SERVER), to), Routed::Refused(p.stack("T1")));
}

#[test]
fn a_late_message_of_one_stack_does_not_remove_the_route_of_another() {
    let mut p = Plex::new(&three());
    p.connect("T2", "APPA", SERVER, "c2");
    p.delay("T2", "T1");
    p.close("c2");
    accepted(&p.connect("T3", "APPA", SERVER, "c3"), DVA, 1025);
    p.deliver("T2", "T1");
    assert_eq!(p.c.route_of(at(SERVER), at("203.0.113.1:1025")), Routed::To(p.stack("T3")));
}

#[test]
fn the_successor_uses_its_own_distribution_or_the_one_it_heard() {
    let mut m = three();
    m.stacks[2] = m.stacks[2].clone().distribute(DVA, &[61], &[]);
    let mut p = Plex::new(&m);
    for s in ["T2", "T3"] {
        p.listen(s, "WEB", "*:60", &format!("l60{s}"));
        p.listen(s, "WEB", "*:61", &format!("l61{s}"));
    }
    p.fail("T1");
    assert_eq!((p.targets(DVA, 60), p.targets(DVA, 61).len()), (vec!["T2", "T3"], 0));
    p.fail("T2");
    assert_eq!((p.owner(DVA), p.targets(DVA, 60).len(), p.targets(DVA, 61)), (Some("T3"), 0, vec!["T3"]));
}

#[test]
fn stacks_of_different_groups_know_nothing_of_each_other() {
    let mut m =
        model(vec![stack(1).define(DVA).source(DVA, "APPA"), stack(2).define(DVA).source(DVA, "APPA")]);
    m.stacks[1].xcf_group = "EZBT0202".into();
    let mut p = Plex::new(&m);
    assert_eq!((p.status("T1", DVA), p.status("T2", DVA)), ("active", "active"));
    p.fail("T1");
    assert_eq!(p.status("T2", DVA), "active");
    assert_eq!(Method::default(), Method::BaseWlm);
}
