//! `vipa failover` on the retail sample, as it is and with weaknesses planted into it.

use serde_json::{Value, json};
use vipa::exit::Exit;

use crate::formats::valid;
use crate::harness::{Vipa, retail};

const FAILOVER: &str = "failover --sysplex retail/sysplex.toml --fail-on lost-service";

#[test]
fn the_sample_loses_no_service_in_any_single_fault() {
    let ended = retail(&[], &[]).run(FAILOVER);
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""), "{}", ended.stdout);
    assert!(ended.stdout.contains("No weakness found"), "{}", ended.stdout);
    for line in
        ["203.0.113.10 moves from TCPIPA to TCPIPB", "all 6 services keep 2 of 3 listeners", "CPC CPC1"]
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
    valid(&serde_json::to_value(analysis::failover::json::schema()).unwrap(), &json);
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
fn json_tells_once_what_goes_the_same_way() {
    let json = planted().run(&format!("{FAILOVER} --format json --trace")).stdout;
    valid(&serde_json::to_value(analysis::failover::json::schema()).unwrap(), &json);
    let report: Value = serde_json::from_str(&json).unwrap();
    let case = |name: &str, moment: &str| {
        let cases = report["cases"].as_array().unwrap();
        cases
            .iter()
            .find(|case| case["moment"] == moment && case["fault"]["parts"][0][1] == name)
            .unwrap()
            .clone()
    };
    let fails = case("TCPIPB", "running");
    let moved = |from: &str, to: &str| {
        let ways = fails["moved"].as_array().unwrap();
        let way = ways.iter().find(|way| way["from"] == from && way["to"] == to).unwrap();
        let places = way["dvipas"].as_array().unwrap().iter();
        let names = places.map(|place| report["dvipas"][place.as_u64().unwrap() as usize]["address"].clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(moved("TCPIPB", "TCPIPC"), ["203.0.113.11"]);
    assert_eq!(moved("TCPIPB", "TCPIPA"), ["203.0.113.13"]);
    // Every service that listened on it has lost it, and no other.
    let gone = json!(["TCPIPB"]);
    for way in fails["services"].as_array().unwrap() {
        assert_eq!((&way["gone"], &way["come"]), (&gone, &json!([])), "{way}");
    }
    let told =
        fails["services"].as_array().unwrap().iter().flat_map(|way| way["services"].as_array().unwrap());
    let mut told: Vec<usize> = told.map(|place| place.as_u64().unwrap() as usize).collect();
    told.sort_unstable();
    let listens = |service: &Value| service["listeners"].as_array().unwrap().contains(&json!("TCPIPB"));
    let services = report["services"].as_array().unwrap();
    let due: Vec<usize> = (0..services.len()).filter(|place| listens(&services[*place])).collect();
    assert_eq!(told, due);
    let lines = report["lines"].as_array().unwrap();
    let trace = fails["trace"].as_array().unwrap();
    let first = &lines[trace[0]["lines"][0].as_u64().unwrap() as usize];
    assert!(first.as_str().unwrap().contains("the stack is gone: TCPIPB"), "{first}");
    assert_eq!(json.lines().filter(|line| line.contains("\"moment\":")).count(), 8, "a line for each case");
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
