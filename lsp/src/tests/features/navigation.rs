//! Definition, declaration, references, highlight, workspace symbols.

use serde_json::{Value, json};

use super::webplex::{at, changed};
use crate::tests::fixture::Fixture;

#[track_caller]
fn check(method: &str, fixture: &str, more: &Value, expected: &[&str]) {
    let mut fixture = Fixture::new(fixture);
    let answer = fixture.ask(method, more);
    assert_eq!(fixture.places(&answer["result"]), expected, "{answer}");
    fixture.leave();
}

#[track_caller]
fn check_definition(fixture: &str, expected: &[&str]) {
    check("textDocument/definition", fixture, &json!({}), expected);
}

#[track_caller]
fn check_references(fixture: &str, expected: &[&str]) {
    check(
        "textDocument/references",
        fixture,
        &json!({ "context": { "includeDeclaration": true } }),
        expected,
    );
}

#[test]
fn definition_of_an_address_on_another_stack() {
    check_definition(&at("two.profile", "203.0.113.1", 2), &["one.profile:8 203.0.113.1"]);
    check_definition(&at("one.profile", "10.0.0.3", 2), &["three.profile:2 10.0.0.3"]);
}

#[test]
fn definition_of_devices_and_links_is_on_the_same_stack() {
    check_definition(&at("two.profile", "OSA1\n//-", 1), &["two.profile:3 OSA1"]);
    check_definition(&at("two.profile", "L1\nVIPA", 1), &["two.profile:4 L1"]);
    check_definition(&at("parms/COMMON", "VDEV\n//-", 1), &["parms/COMMON:1 VDEV"]);
}

#[test]
fn definition_of_jobs_symbols_and_data_sets() {
    check_definition(&at("one.profile", "WEBSRV BIND", 1), &["sysplex.toml:24 WEBSRV"]);
    check_definition(
        &at("two.profile", "&NET", 1),
        &["sysplex.toml:15 NET", "sysplex.toml:21 NET", "sysplex.toml:9 NET"],
    );
    check_definition(&at("two.profile", "SYS1.TCPPARMS", 1), &["parms/COMMON:1 "]);
}

#[test]
fn definition_of_a_symbolic_address_is_each_place_once() {
    let fixture = "\
//- sysplex.toml
[sysplex]
name = \"PLEX1\"
dialect = \"founding\"
[[stack]]
name = \"TCPIP1\"
system = \"MVS1\"
profile = \"one.profile\"
[[stack]]
name = \"TCPIP2\"
system = \"MVS2\"
profile = \"two.profile\"
[addresses]
DVB1 = \"203.0.113.2\"
//- one.profile
VIPADEFINE MOVEABLE IMMEDIATE DVB1
//- two.profile
SOURCEIPA DV$0B1 APPB
";
    check_definition(fixture, &["one.profile:1 DVB1", "sysplex.toml:13 DVB1"]);
}

#[test]
fn definition_from_a_scenario_and_from_the_description() {
    check_definition(&at("web.scenario", "203.0.113.1:80", 3), &["one.profile:8 203.0.113.1"]);
    check_definition(&at("web.scenario", "TCPIP1", 3), &["sysplex.toml:6 TCPIP1"]);
    check_definition(&at("web.scenario", "WEBSRV", 3), &["sysplex.toml:24 WEBSRV"]);
    check_definition(&at("sysplex.toml", "TCPIP2\"]", 3), &["sysplex.toml:12 TCPIP2"]);
}

#[test]
fn nothing_is_defined_where_no_name_is() {
    check_definition(&at("one.profile", "SYSPLEXROUTING", 2), &[]);
    check_definition("//- a.profile\n$0\n", &[]);
    check_definition("//- a.profile\nSTART NO$0NE\n", &[]);
}

#[test]
fn declarations_are_the_backups() {
    check(
        "textDocument/declaration",
        &at("one.profile", "203.0.113.1 PORT", 2),
        &json!({}),
        &["three.profile:4 203.0.113.1", "two.profile:8 203.0.113.1"],
    );
    check(
        "textDocument/declaration",
        &at("one.profile", "OSA1\nHOME", 1),
        &json!({}),
        &["one.profile:3 OSA1"],
    );
}

#[test]
fn references_in_files_that_are_not_open() {
    check_references(
        &at("two.profile", "203.0.113.1", 2),
        &[
            "one.profile:10 203.0.113.1",
            "one.profile:13 203.0.113.1",
            "one.profile:16 203.0.113.1",
            "one.profile:8 203.0.113.1",
            "three.profile:4 203.0.113.1",
            "two.profile:8 203.0.113.1",
            "web.scenario:1 203.0.113.1",
            "web.scenario:2 203.0.113.1",
        ],
    );
    check_references(
        &at("one.profile", "OSA1\nHOME", 1),
        &["one.profile:21 OSA1", "one.profile:3 OSA1", "one.profile:4 OSA1"],
    );
    check(
        "textDocument/references",
        &at("one.profile", "OSA1\nHOME", 1),
        &json!({ "context": { "includeDeclaration": false } }),
        &["one.profile:21 OSA1", "one.profile:4 OSA1"],
    );
}

#[test]
fn a_link_of_a_member_has_the_uses_of_all_stacks_that_include_it() {
    let home = changed("three.profile", "VIPADYNAMIC\n", |line| format!("HOME 192.0.3.7 VLINK\n{line}"));
    let fixture = home.replace("LINK VLINK", "LINK VL$0INK");
    check_references(&fixture, &["parms/COMMON:2 VLINK", "three.profile:3 VLINK"]);
}

#[test]
fn symbolic_addresses_of_the_founding_documents() {
    let plex = r#"
//- sysplex.toml
[sysplex]
dialect = "founding"
[addresses]
DVA1 = "203.0.113.1"
[[stack]]
name = "TCPIP1"
profile = "one.profile"
//- one.profile
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 DV$0A1
ENDVIPADYNAMIC
SOURCEIPA DVA1 WEB
SOURCEIPA 203.0.113.1 FTP
"#;
    check_references(
        plex,
        &[
            "one.profile:2 DVA1",
            "one.profile:4 DVA1",
            "one.profile:5 203.0.113.1",
            "sysplex.toml:4 203.0.113.1",
            "sysplex.toml:4 DVA1",
        ],
    );
}

#[test]
fn highlights_tell_writes_from_reads() {
    let mut fixture = Fixture::new(&at("one.profile", "OSA1\nHOME", 1));
    let answer = fixture.ask("textDocument/documentHighlight", &json!({}));
    let shown: Vec<(String, i64)> = answer["result"]
        .as_array()
        .expect("highlights")
        .iter()
        .map(|one| (fixture.show("one.profile", &one["range"]), one["kind"].as_i64().expect("a kind")))
        .collect();
    let expected = [("one.profile:3 OSA1", 3), ("one.profile:4 OSA1", 2), ("one.profile:21 OSA1", 2)];
    assert_eq!(shown, expected.map(|(place, kind)| (place.to_owned(), kind)));
    fixture.leave();
}

#[test]
fn workspace_symbols_of_all_stacks() {
    let mut fixture = Fixture::new(&at("one.profile", "HOME", 0));
    let mut ask = |query: &str| {
        let answer = fixture.client().call("workspace/symbol", json!({ "query": query }));
        let list = answer["result"].as_array().expect("symbols").clone();
        let mut shown: Vec<String> = list
            .iter()
            .map(|one| {
                let name = one["name"].as_str().expect("a name");
                let of = one["containerName"].as_str().expect("a container");
                let file = fixture.name(one["location"]["uri"].as_str().expect("a URI"));
                format!("{name} {of} {file}")
            })
            .collect();
        shown.sort();
        shown
    };
    assert_eq!(ask("osa"), ["OSA1 DEVICE of TCPIP1 one.profile", "OSA1 DEVICE of TCPIP2 two.profile"]);
    assert_eq!(
        ask("203.0.113"),
        ["203.0.113.1 VIPADEFINE of TCPIP1 one.profile", "203.0.113.9 VIPADEFINE of TCPIP1 one.profile"]
    );
    assert_eq!(ask("VLINK"), ["VLINK LINK of TCPIP1, TCPIP2, TCPIP3 parms/COMMON"]);
    assert_eq!(ask("WEBS"), ["WEBSRV job sysplex.toml"]);
    assert_eq!(ask("nowhere"), [""; 0]);
    assert!(ask("").len() > 10);
    fixture.leave();
}
