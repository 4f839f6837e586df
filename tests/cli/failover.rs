//! `vipa failover` on the retail sample, as it is and with weaknesses planted into it.

use serde_json::Value;
use vipa::exit::Exit;

use crate::harness::{Vipa, retail};

const FAILOVER: &str = "failover --sysplex retail/sysplex.toml --fail-on lost-service";

#[test]
fn the_sample_loses_no_service_in_any_single_fault() {
    let ended = retail(&[], &[]).run(FAILOVER);
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""), "{}", ended.stdout);
    assert!(ended.stdout.contains("No weakness found"), "{}", ended.stdout);
    for line in
        ["203.0.113.10 moves from TCPIPA to TCPIPB", "203.0.113.12:21 keeps 2 of 3 listeners", "CPC CPC1"]
    {
        assert!(ended.stdout.contains(line), "{line}:\n{}", ended.stdout);
    }
}

/// What is planted: a backup that cannot be the first, an address that does not come back while it is busy, a port with one
/// server.
fn planted() -> Vipa {
    retail(
        &[],
        &[
            (
                "sysb.profile",
                "VIPABACKUP 100 MOVEABLE IMMEDIATE 255.255.255.192 203.0.113.12",
                "VIPABACKUP 100 203.0.113.12",
            ),
            (
                "sysa.profile",
                "VIPABACKUP 200 MOVEABLE IMMEDIATE 255.255.255.192 203.0.113.12",
                "VIPABACKUP 200 203.0.113.12",
            ),
            (
                "sysc.profile",
                "VIPABACKUP 200 MOVEABLE IMMEDIATE 255.255.255.192 203.0.113.11",
                "VIPABACKUP 200 MOVEABLE WHENIDLE 255.255.255.192 203.0.113.11",
            ),
            ("sysplex.toml", "stacks = [\"TCPIPA\", \"TCPIPB\"]", "stacks = []"),
            ("sysplex.toml", "name = \"CICSORD1\"", "name = \"CICSOLD1\""),
        ],
    )
}

#[test]
fn planted_weaknesses_are_named() {
    let ended = planted().run(FAILOVER);
    assert_eq!(ended.exit, Exit::Findings, "{}", ended.stdout);
    for line in [
        "203.0.113.12 has no owner when TCPIPC is not there at the start: VIPABACKUP on TCPIPA, TCPIPB has no MOVEABLE and mask",
        "203.0.113.11 stays with TCPIPC after TCPIPB is back, as long as one connection runs there: it is MOVEABLE WHENIDLE",
        "203.0.113.10:3000 is lost when TCPIPC fails: TCPIPC has its only listener",
    ] {
        assert!(ended.stdout.contains(line), "{line}:\n{}", ended.stdout);
    }
}

#[test]
fn json_and_html_say_the_same() {
    let json = planted().run(&format!("{FAILOVER} --format json")).stdout;
    let report: Value = serde_json::from_str(&json).unwrap();
    let html = planted().run(&format!("{FAILOVER} --format html")).stdout;
    let weaknesses = report["weaknesses"].as_array().unwrap();
    assert!(weaknesses.len() >= 3);
    for weakness in weaknesses {
        let message = weakness["message"].as_str().unwrap();
        assert!(html.contains(message), "{message}");
    }
    assert!(!html.contains("http://") && !html.contains("https://"), "the page needs nothing from elsewhere");
}

#[test]
fn the_report_is_the_same_every_time_and_can_go_to_a_file() {
    let world = retail(&[], &[]);
    let once = world.run(&format!("{FAILOVER} --faults 2 --format json")).stdout;
    assert_eq!(once, world.run(&format!("{FAILOVER} --faults 2 --format json")).stdout);
    let ended = world.run(&format!("{FAILOVER} --format html --output-file out.html"));
    assert_eq!(ended.stdout, "");
    assert!(world.memory.written.borrow()["out.html"].starts_with("<!doctype html>"));
    assert!(ended.stderr.contains("See out.html."), "{}", ended.stderr);
}

#[test]
fn a_scenario_gives_the_state_to_begin_with() {
    let world = retail(&[], &[]).file(
        "busy.scenario",
        "TCPIPA HTTPD1 listen *:443\nTCPIPB HTTPD1 listen *:443\nclient 198.51.100.9:4711 connect 203.0.113.10:443\n",
    );
    let ended = world.run("failover --sysplex retail/sysplex.toml --after busy.scenario");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
    assert!(ended.stdout.contains("1 connection broken"), "{}", ended.stdout);
    let bad = retail(&[], &[]).file("bad.scenario", "fail TCPIPX\n");
    let ended = bad.run("failover --sysplex retail/sysplex.toml --after bad.scenario");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("TCPIPX") && ended.stderr.contains("TCPIPA"), "{}", ended.stderr);
}
