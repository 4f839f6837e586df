//! Figures 2 to 11 on the default form: activation, source selection, ports, bind, termination.

mod common;
use common::*;
use vipa_runtime_model::model::PortFor;
use vipa_runtime_model::*;

#[test]
fn a_start_activates_what_vipadefine_names_and_tells_targets_and_backups() {
    let p = Plex::new(&three());
    assert_eq!(p.owner(DVA), Some("T1"));
    assert_eq!(
        [p.status("T1", DVA), p.status("T2", DVA), p.status("T3", DVA)],
        ["active", "target", "target"]
    );
    assert!(p.c.is_quiescent());
}

#[test]
fn an_unbound_connection_leaves_from_the_dvipa_of_its_entry() {
    let mut p = Plex::new(&three());
    let out = p.connect("T2", "APPA", SERVER, "c1");
    accepted(&out, DVA, 1025);
    assert!(out.ephemeral);
    assert_eq!(
        path(&out),
        [
            "F7:700 no",
            "F7:710 yes",
            "F7:720 yes",
            "F7:735 yes",
            "F7:745 yes",
            "F7:755",
            "F9:900 yes",
            "F9:905 yes",
            "F9:915 no",
            "F9:925",
            "F9:935",
            "F9:940",
            "F9:945",
            "003#15"
        ]
    );
    accepted(&p.connect("T3", "APPA", SERVER, "c2"), DVA, 1026);
    accepted(&p.connect("T1", "APPA", SERVER, "c3"), DVA, 1027);
    assert_eq!(p.ports(DVA), [1025, 1026, 1027]);
    assert_eq!(p.ports_on(DVA, "T3"), [1026]);
}

#[test]
fn without_an_entry_the_interface_address_is_taken() {
    let mut p = Plex::new(&three());
    let out = p.connect("T2", "OTHER", SERVER, "c1");
    accepted(&out, "10.0.0.2", 1025);
    assert_eq!(path(&out), ["F7:700 no", "F7:710 no", "F7:715", "F9:900 no", "F9:950"]);
    let mut with_vipa = three();
    with_vipa.stacks[1].source_vipa = true;
    let home = model::HomeAddress { address: ip("10.9.9.2"), link: "V1".into(), is_virtual: true };
    with_vipa.stacks[1].home.insert(0, home);
    let mut p = Plex::new(&with_vipa);
    accepted(&p.connect("T2", "OTHER", SERVER, "c1"), "10.9.9.2", 1025);
}

#[test]
fn a_bound_socket_keeps_its_address() {
    let mut p = Plex::new(&three());
    p.bind("T2", "APPA", "10.0.0.2:0", "s");
    let out = p.connect_from("T2", "APPA", SERVER, "s");
    accepted(&out, "10.0.0.2", 1025);
    assert!(out.via("F7:705"));
}

#[test]
fn an_entry_that_is_no_dvipa_must_be_defined_here() {
    let mut p =
        Plex::new(&model(vec![stack(1).source("10.0.0.1", "APPA").source("10.0.0.2", "APPB"), stack(2)]));
    let out = p.connect("T1", "APPA", SERVER, "c1");
    accepted(&out, "10.0.0.1", 1025);
    assert!(out.via("F7:730"));
    refused(&p.connect("T1", "APPB", SERVER, "c2"), Errno::EADDRNOTAVAIL, "F7:740");
}

#[test]
fn a_dvipa_that_is_not_configured_here_is_refused() {
    let mut p = Plex::new(&model(vec![stack(1).define(DVA), stack(2).source(DVA, "APPA")]));
    let out = p.connect("T2", "APPA", SERVER, "c1");
    refused(&out, Errno::EADDRNOTAVAIL, "F7:740");
    assert_eq!(path(&out).last().unwrap(), "F7:740 no");
    assert!(out.trace.iter().any(|s| s.at == "F7:735" && s.answer == Answer::No));
}

#[test]
fn an_inactive_backup_outside_any_range_is_refused() {
    let mut p = Plex::new(&model(vec![stack(1).define(DVA), stack(2).backup(DVA, 10).source(DVA, "APPA")]));
    let out = p.connect("T2", "APPA", SERVER, "c1");
    refused(&out, Errno::EADDRNOTAVAIL, "F7:740");
    assert!(out.trace.iter().any(|s| s.at == "F7:750" && s.answer == Answer::No));
}

#[test]
fn an_address_inside_a_range_is_activated_by_connect_with_its_structures() {
    let mut p = Plex::new(&model(vec![
        stack(1).range("198.51.100.0/24", true).source(RANGED, "APPA"),
        stack(2).range("198.51.100.0/24", true).source(RANGED, "APPA"),
    ]));
    let out = p.connect("T1", "APPA", SERVER, "c1");
    accepted(&out, RANGED, 1025);
    assert!(out.via("F7:760") && out.via("F8B:855") && out.via("F8B:880"));
    assert_eq!(p.status("T1", RANGED), "active");
    // It is active elsewhere and the range there is DISRUPTIVE.
    refused(&p.connect("T2", "APPA", SERVER, "c2"), Errno::EADDRNOTAVAIL, "F7:740");
}

#[test]
fn a_refused_connect_takes_its_own_activation_back() {
    let mut m = model(vec![stack(1).range("198.51.100.0/24", false).source(RANGED, "APPA")]);
    m.stacks[0].ephemeral = Some((2000, 2000));
    m.stacks[0].ports.push(model::PortModel {
        first: 2000,
        last: 2000,
        tcp: true,
        who: PortFor::Reserved,
        share: false,
        bind: None,
        share_wlm: false,
        saf: None,
        no_autolog: false,
    });
    let mut p = Plex::new(&m);
    refused(&p.connect("T1", "APPA", SERVER, "c1"), Errno::EAGAIN, "F9:910");
    assert_eq!(p.status("T1", RANGED), "inactive");
    let mut m = model(vec![stack(1).range("198.51.100.0/24", true).source(RANGED, "APPA")]);
    m.stacks[0].ephemeral = Some((2000, 2000));
    m.stacks[0].ports.push(model::PortModel {
        first: 2000,
        last: 2000,
        tcp: true,
        who: PortFor::Reserved,
        share: false,
        bind: None,
        share_wlm: false,
        saf: None,
        no_autolog: false,
    });
    let mut p = Plex::new(&m);
    refused(&p.connect("T1", "APPA", SERVER, "c1"), Errno::EAGAIN, "F9:935");
    assert_eq!(p.status("T1", RANGED), "inactive");
}

#[test]
fn without_clusterports_two_targets_may_choose_the_same_port() {
    let mut m = three();
    m.stacks[0].dvipas[0].cluster_ports = false;
    let mut p = Plex::new(&m);
    let out = p.connect("T2", "APPA", SERVER, "c1");
    accepted(&out, DVA, 1025);
    assert!(out.via("F9:910"));
    accepted(&p.connect("T3", "APPA", SERVER, "c2"), DVA, 1025);
    assert!(p.ports(DVA).is_empty());
    assert_eq!(p.ports_on(DVA, "T2"), [1025]);
    let out = p.close("c1");
    assert!(out.trace.iter().any(|s| s.at == "F10:1010" && s.answer == Answer::No));
    assert!(p.ports_on(DVA, "T2").is_empty());
}

#[test]
fn the_end_of_a_connection_gives_its_port_back() {
    let mut p = Plex::new(&three());
    p.connect("T2", "APPA", SERVER, "c1");
    p.connect("T3", "APPA", SERVER, "c2");
    let out = p.close("c1");
    assert_eq!(
        path(&out),
        ["003#11", "F10:1000 yes", "F10:1005", "F10:1010 yes", "F10:1015", "F10:1020", "F10:1025"]
    );
    assert_eq!(p.ports(DVA), [1026]);
    accepted(&p.connect("T3", "APPA", SERVER, "c3"), DVA, 1025);
    let out = p.close("nobody");
    refused(&out, Errno::EBADF, "event");
}

#[test]
fn a_bind_by_number_is_judged_cluster_wide() {
    let mut p = Plex::new(&three());
    let out = p.bind("T2", "APPA", "203.0.113.1:5000", "s1");
    accepted(&out, DVA, 5000);
    assert_eq!(
        path(&out),
        [
            "F11:1100 yes",
            "F11:1102 yes",
            "002#18a",
            "F11:1105 yes",
            "F11:1115",
            "F11:1120 yes",
            "F11:1135 yes",
            "F11:1145 yes",
            "F11:1155",
            "002#18a"
        ]
    );
    let out = p.bind("T3", "APPA", "203.0.113.1:5000", "s2");
    refused(&out, Errno::EADDRINUSE, "F11:1110");
    refused(&p.bind("T2", "APPA", "203.0.113.1:5000", "s3"), Errno::EADDRINUSE, "local-ports");
    p.close("s1");
    accepted(&p.bind("T3", "APPA", "203.0.113.1:5000", "s4"), DVA, 5000);
}

#[test]
fn a_bind_to_other_addresses_follows_the_right_hand_side_of_figure_11() {
    let mut p = Plex::new(&three());
    let out = p.bind("T2", "X", "10.0.0.2:7000", "s1");
    assert_eq!(path(&out), ["F11:1100 yes", "F11:1102 no", "F11:1120 no", "F11:1125 yes", "F11:1130"]);
    assert_eq!(p.bind("T2", "X", "*:7001", "s2").verdict, Verdict::Done);
    refused(&p.bind("T2", "X", "10.0.0.3:7000", "s3"), Errno::EADDRNOTAVAIL, "F11:1140");
    refused(&p.bind("T2", "X", "10.0.0.2:7001", "s4"), Errno::EADDRINUSE, "local-ports");
    let mut p = Plex::new(&model(vec![stack(1).define(DVA), stack(2).backup(DVA, 1), stack(3)]));
    refused(&p.bind("T2", "X", "203.0.113.1:7000", "s1"), Errno::EADDRNOTAVAIL, "F11:1140");
    refused(&p.bind("T3", "X", "203.0.113.1:7000", "s2"), Errno::EADDRNOTAVAIL, "F11:1140");
}

#[test]
fn a_bind_inside_a_range_activates_it() {
    let mut p = Plex::new(&model(vec![stack(1).range("198.51.100.0/24", true), stack(2)]));
    let out = p.bind("T1", "X", "198.51.100.7:80", "s");
    accepted(&out, RANGED, 80);
    assert!(out.via("F11:1160") && out.via("F8B:855") && out.via("F11:1102"));
    assert_eq!((p.owner(RANGED), p.ports(RANGED)), (Some("T1"), vec![80]));
    p.close("s");
    assert!(p.ports(RANGED).is_empty());
}

#[test]
fn reservations_come_first() {
    let mut m = three();
    m.stacks[1] = m.stacks[1].clone().port(5000, PortFor::Job("WEB*".into())).port(5001, PortFor::Reserved);
    let mut p = Plex::new(&m);
    refused(&p.bind("T2", "APPA", "203.0.113.1:5000", "s1"), Errno::EACCES, "PORT");
    refused(&p.bind("T2", "APPA", "203.0.113.1:5001", "s2"), Errno::EADDRINUSE, "PORT");
    accepted(&p.bind("T2", "WEB1", "203.0.113.1:5000", "s3"), DVA, 5000);
}

#[test]
fn a_port_bound_without_address_is_claimed_at_connect() {
    let mut p = Plex::new(&three());
    p.bind("T2", "APPA", "*:5000", "s1");
    assert!(p.ports(DVA).is_empty());
    p.bind("T3", "APPA", "*:5000", "s2");
    let out = p.connect_from("T2", "APPA", SERVER, "s1");
    accepted(&out, DVA, 5000);
    assert!(out.via("F9:920") && out.assumptions.contains(Assumption::ClaimAtConnect));
    assert_eq!(p.ports(DVA), [5000]);
    refused(&p.connect_from("T3", "APPA", SERVER, "s2"), Errno::EADDRINUSE, "F9:920");
    p.close("s1");
    assert!(p.ports(DVA).is_empty());
    accepted(&p.connect_from("T3", "APPA", SERVER, "s2"), DVA, 5000);
}

#[test]
fn reserved_and_used_ports_are_not_chosen() {
    let mut m = three();
    m.stacks[1] = m.stacks[1].clone().port(1025, PortFor::Job("WEB".into()));
    let mut p = Plex::new(&m);
    p.bind("T2", "APPA", "*:1026", "s1");
    accepted(&p.connect("T2", "APPA", SERVER, "c1"), DVA, 1027);
    accepted(&p.connect("T3", "APPA", SERVER, "c2"), DVA, 1025);
}

#[test]
fn traces_read_without_the_figures() {
    let mut p = Plex::new(&three());
    let out = p.connect("T2", "APPA", SERVER, "c1");
    assert_eq!(out.trace[4].to_string(), "Is the DVIPA active on this stack? yes  [F7:745]");
    let json = serde_json::to_value(&out.trace[4]).unwrap();
    assert_eq!(json["at"], "F7:745");
    assert_eq!(json["answer"], "yes");
}
