use serde_json::json;

use crate::tests::fixture::Fixture;

fn check(text: &str, expected: &[(u64, u64, &str)]) {
    let answer = Fixture::new(text).result("textDocument/foldingRange", &json!({}));
    let number = |fold: &serde_json::Value, what: &str| fold[what].as_u64().expect("a line") + 1;
    let folds: Vec<(u64, u64, &str)> = answer
        .as_array()
        .expect("folds")
        .iter()
        .map(|fold| {
            (number(fold, "startLine"), number(fold, "endLine"), fold["kind"].as_str().expect("a kind"))
        })
        .collect();
    assert_eq!(folds, expected);
}

#[test]
fn blocks_up_to_their_end_lists_and_runs_of_comments() {
    check(
        "\
//- mvs1.profile
; the profile
; of MVS1

; and this$0
VIPADYNAMIC
  VIPADISTRIBUTE 203.0.113.1
    PORT 443
    DESTIP ALL
ENDVIPADYNAMIC
PORT
  443 TCP HTTPD1 ; web
  514 UDP SYSLOGD
SOMAXCONN 10
",
        &[(1, 2, "comment"), (5, 8, "region"), (6, 8, "region"), (10, 12, "region")],
    );
}

#[test]
fn an_event_of_a_scenario_with_what_follows_it() {
    check(
        "\
//- a.scenario
; one
; two
fail TCPIP1$0
expect owner 203.0.113.1 = TCPIP2
expect quiescent
start TCPIP1
",
        &[(1, 2, "comment"), (3, 5, "region")],
    );
}
