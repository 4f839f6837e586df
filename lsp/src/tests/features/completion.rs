use serde_json::{Value, json};

use super::webplex::changed;
use crate::tests::fixture::{Fixture, apply};

fn items(fixture: Fixture) -> Vec<Value> {
    let answer = fixture.result("textDocument/completion", &json!({}));
    let mut items = answer["items"].as_array().cloned().unwrap_or_default();
    items.sort_by_key(|item| item["sortText"].as_str().expect("sorted").to_owned());
    items
}

fn labels(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
}

#[track_caller]
fn check(fixture: &str, expected: &[&str]) {
    let found = labels(&items(Fixture::new(fixture)));
    let first: Vec<&str> = found.iter().take(expected.len()).map(String::as_str).collect();
    assert_eq!(first, expected, "{found:?}");
}

/// All that is offered, with its details.
#[track_caller]
fn check_details(fixture: &str, expected: &[(&str, &str)]) {
    let found = items(Fixture::new(fixture));
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|item| (item["label"].as_str().expect("a label"), item["detail"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(found.get(..expected.len()), Some(expected), "{found:?}");
}

/// A line in the block of the first stack.
fn in_block(line: &str) -> String {
    changed("one.profile", "ENDVIPADYNAMIC", |end| format!("  {line}\n{end}"))
}

#[test]
fn statements_where_a_statement_may_begin() {
    let found = labels(&items(Fixture::new("//- a.profile\nHOME\n  192.0.2.1 L1\n$0\n")));
    for name in ["VIPADYNAMIC", "HOME", "PORT", "IPCONFIG"] {
        assert!(found.iter().any(|label| label == name), "{name}: {found:?}");
    }
    assert!(!found.iter().any(|label| label == "VIPADEFINE"), "only in its block: {found:?}");
    check(
        "//- a.profile\nVIPADYNAMIC\n  $0\n",
        &[
            "VIPABACKUP",
            "VIPADEFINE",
            "VIPADELETE",
            "VIPADISTRIBUTE",
            "VIPARANGE",
            "VIPAROUTE",
            "VIPASMPARMS",
        ],
    );
}

#[test]
fn keywords_come_in_the_order_of_the_syntax_with_documentation() {
    let found = items(Fixture::new(&in_block("VIPADISTRIBUTE DEFINE 203.0.113.9 $0")));
    assert_eq!(labels(&found), ["PORT", "DESTIP"]);
    assert_eq!(found[1]["documentation"]["value"], "Targets, by their dynamic XCF addresses.");
    assert_eq!(found[1]["detail"], "VIPADISTRIBUTE");
}

#[test]
fn xcf_addresses_behind_destip() {
    check_details(
        &in_block("VIPADISTRIBUTE 203.0.113.9 DESTIP $0"),
        &[
            ("10.0.0.1", "dynamic XCF address of TCPIP1"),
            ("10.0.0.2", "dynamic XCF address of TCPIP2"),
            ("10.0.0.3", "dynamic XCF address of TCPIP3"),
            ("ALL", "VIPADISTRIBUTE"),
        ],
    );
}

#[test]
fn dvipas_of_the_stack_for_distribution_and_of_the_others_for_a_backup() {
    check(&in_block("VIPADISTRIBUTE DEFINE $0"), &["203.0.113.1", "203.0.113.9"]);
    check_details(
        &changed("two.profile", "ENDVIPADYNAMIC", |end| format!("  VIPABACKUP 7 $0\n{end}")),
        &[("203.0.113.9", "DVIPA, TCPIP1 defines it")],
    );
}

#[test]
fn free_ranks_behind_vipabackup() {
    check_details(
        &in_block("VIPABACKUP $0 203.0.113.1"),
        &[
            ("110", "first in line, before TCPIP2 (100)"),
            ("75", "between TCPIP2 (100) and TCPIP3 (50)"),
            ("40", "last in line, behind TCPIP3 (50)"),
        ],
    );
}

#[test]
fn links_behind_an_address_of_home_those_without_one_first() {
    check_details(
        &changed("one.profile", "  &NET..1 L1\n", |line| format!("{line}  192.0.2.9 $0\n")),
        &[("VLINK", "link on TCPIP1, TCPIP2, TCPIP3"), ("L1", "link on TCPIP1")],
    );
}

#[test]
fn jobs_behind_a_port_and_symbols_behind_an_ampersand() {
    let port = changed("two.profile", "START OSA1", |start| format!("PORT\n  99 TCP $0\n{start}"));
    let found = items(Fixture::new(&port));
    let job = found.iter().find(|item| item["label"] == "WEBSRV").expect("the job");
    assert_eq!(job["detail"], "job of sysplex.toml");
    check_details(
        &changed("one.profile", "  &NET..1 L1\n", |line| format!("{line}  &N$0\n")),
        &[("&NET.", "192.0.2 on TCPIP1"), ("&SYSCLONE.", "SA on TCPIP1"), ("&SYSNAME.", "SYSA on TCPIP1")],
    );
}

#[test]
fn data_sets_behind_include() {
    check(
        &changed("three.profile", "VIPADYNAMIC\n", |line| format!("INCLUDE $0\n{line}")),
        &["SYS1.TCPPARMS"],
    );
}

#[test]
fn the_word_that_is_begun_is_replaced() {
    let mut fixture = Fixture::new(&in_block("VIPADISTRIBUTE 203.0.113.9 DE$0"));
    let answer = fixture.ask("textDocument/completion", &json!({}));
    let items = answer["result"]["items"].as_array().expect("items").clone();
    let destip = items.iter().find(|item| item["label"] == "DESTIP").expect("DESTIP");
    let text = apply(fixture.text("one.profile"), vec![&destip["textEdit"]]);
    assert!(text.contains("  VIPADISTRIBUTE 203.0.113.9 DESTIP\n"), "{text}");
    fixture.leave();
}

#[test]
fn snippets_for_those_who_take_them() {
    let text = "//- a.profile\n$0\n";
    let block = |fixture: Fixture| {
        let found = items(fixture);
        let item = found.iter().find(|item| item["label"] == "VIPADYNAMIC").expect("the block").clone();
        (item["textEdit"]["newText"].clone(), item["insertTextFormat"].clone())
    };
    assert_eq!(block(Fixture::new(text)), (json!("VIPADYNAMIC\n  $0\nENDVIPADYNAMIC"), json!(2)));
    assert_eq!(block(Fixture::for_client(text, json!({}))), (json!("VIPADYNAMIC"), Value::Null));
}

#[test]
fn broken_text_before_the_cursor_is_no_hindrance() {
    check(
        "//- a.profile\nSOURECEIPA )( &\nPORT 80 TCP\nVIPADYNAMIC\n  VIPADEFINE 999.1\n  VIPADIST\n  VIPABACKUP 300 $0\n",
        &["TIER1"],
    );
}

#[test]
fn nothing_in_comments() {
    assert!(items(Fixture::new("//- a.profile\nHOME ; $0\n")).is_empty());
}

#[test]
fn scenarios_know_the_sysplex() {
    let line = |line: &str| changed("web.scenario", "expect owner", |rest| format!("{line}\n{rest}"));
    let found = labels(&items(Fixture::new(&line("$0"))));
    for word in ["TCPIP1", "expect", "fail"] {
        assert!(found.iter().any(|label| label == word), "{word}: {found:?}");
    }
    check(&line("fail $0"), &["cpc", "system", "TCPIP1", "TCPIP2", "TCPIP3"]);
    let found = labels(&items(Fixture::new(&line("TCPIP2 $0"))));
    assert!(found.iter().any(|label| label == "WEBSRV"), "{found:?}");
    let found = labels(&items(Fixture::new(&line("expect owner $0"))));
    assert!(found.iter().any(|label| label == "203.0.113.1"), "{found:?}");
}

#[test]
fn tables_keys_and_values_of_the_description() {
    let stack = "[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n";
    let plex = |text: &str| format!("//- sysplex.toml\n{text}//- a.profile\nSOMAXCONN 10\n");
    let all = |text: String| labels(&items(Fixture::new(&plex(&text))));
    // What is written already is left out.
    assert_eq!(
        all(format!("[sysplex]\nname = \"P\"\n$0\nrelease = \"3.1\"\n{stack}")),
        ["dialect", "includes"]
    );
    assert_eq!(all(format!("{stack}[[$0")), ["job", "stack"]);
    assert_eq!(all(format!("{stack}[lint.$0")), ["per-file", "rules"]);
    assert_eq!(all(format!("[sysplex]\ndialect = $0\n{stack}")), ["\"zos\"", "\"founding\""]);
    assert_eq!(all(format!("{stack}[[job]]\nname = \"J\"\nstacks = [\"$0\"]\n")), ["TCPIP1"]);
    assert_eq!(
        all(format!("{stack}[lint.rules]\nport-share-udp = \"$0\"\n")),
        ["error", "warning", "info", "off"]
    );
    assert!(all(format!("{stack}[lint.rules]\nport-share$0")).contains(&"port-share-udp".to_owned()));
    assert_eq!(all(format!("{stack}# a remark $0\n")), [""; 0]);
}
