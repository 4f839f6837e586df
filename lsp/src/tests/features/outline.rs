use serde_json::{Value, json};

use crate::tests::fixture::Fixture;

/// One line a symbol: kind, name, detail, and the first word of its range.
fn show(fixture: &Fixture, name: &str, symbols: &Value, indent: usize, out: &mut Vec<String>) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol["detail"].as_str().map_or(String::new(), |detail| format!(" | {detail}"));
        let tags = if symbol["tags"] == json!([1]) { " (deprecated)" } else { "" };
        let name_of = symbol["name"].as_str().expect("a name");
        out.push(format!("{}{} {name_of}{detail}{tags}", "  ".repeat(indent), symbol["kind"]));
        // What is selected lies inside.
        let inside = fixture.show(name, &symbol["selectionRange"]);
        assert!(!inside.is_empty());
        show(fixture, name, &symbol["children"], indent + 1, out);
    }
}

fn check(text: &str, name: &str, expected: &[&str]) {
    let mut fixture = Fixture::new(text);
    let answer = fixture.ask("textDocument/documentSymbol", &json!({}));
    let mut lines = Vec::new();
    show(&fixture, name, &answer["result"], 0, &mut lines);
    assert_eq!(lines, expected, "{answer}");
    fixture.leave();
}

#[test]
fn blocks_statements_and_entries_have_the_names_of_what_they_are_about() {
    check(
        "\
//- mvs1.profile
IPCONFIG SOURCEVIPA$0
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1 203.0.113.2
  VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 203.0.113.1 PORT 443
    DESTIP 10.0.0.1 10.0.0.2
ENDVIPADYNAMIC
PORT
  443 TCP HTTPD1
  ; the log
  514 UDP SYSLOGD
SOMAXCONN 10
FROBNICATE 1
SMFPARMS 96 97 98
",
        "mvs1.profile",
        &[
            "7 IPCONFIG | SOURCEVIPA",
            "3 VIPADYNAMIC",
            "  14 VIPADEFINE 203.0.113.1 203.0.113.2 | MOVEABLE IMMEDIATE 255.255.255.0",
            "  14 VIPADISTRIBUTE 203.0.113.1 | DISTMETHOD ROUNDROBIN PORT 443 DESTIP",
            "    8 10.0.0.1",
            "    8 10.0.0.2",
            "7 PORT",
            "  8 443 TCP HTTPD1",
            "  8 514 UDP SYSLOGD",
            "7 SOMAXCONN | 10",
            "21 FROBNICATE",
            "7 SMFPARMS | 96 97 98 (deprecated)",
        ],
    );
}

#[test]
fn events_of_a_scenario_hold_their_outcomes() {
    check(
        "\
//- takeover.scenario
; a comment
TCPIP1 APPA connect 192.0.2.9:443 as out1$0
=> source 203.0.113.1
expect owner 203.0.113.1 = TCPIP1
strat TCPIP1
",
        "takeover.scenario",
        &[
            "24 TCPIP1 APPA connect 192.0.2.9:443 as out1",
            "  8 => source 203.0.113.1",
            "17 expect owner 203.0.113.1 = TCPIP1",
            "21 strat TCPIP1",
        ],
    );
}

#[test]
fn settings_have_no_outline() {
    let answer =
        Fixture::new("//- sysplex.toml\n[sysplex]$0\n").result("textDocument/documentSymbol", &json!({}));
    assert_eq!(answer, json!(null));
}
