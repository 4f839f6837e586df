use serde_json::{Value, json};

use crate::tests::fixture::Fixture;

/// The texts from the inside to the outside; those of several records by their first record.
fn check(text: &str, name: &str, expected: &[&str]) {
    let mut fixture = Fixture::new(text);
    let position = fixture.at_cursor()["position"].clone();
    let answer = fixture.ask("textDocument/selectionRange", &json!({ "positions": [position] }));
    let mut at: &Value = &answer["result"][0];
    let mut shown = Vec::new();
    while at.is_object() {
        shown.push(fixture.show(name, &at["range"]).split_once(' ').expect("a place").1.to_owned());
        at = &at["parent"];
    }
    assert_eq!(shown, expected);
    fixture.leave();
}

#[test]
fn from_the_token_to_the_file() {
    check(
        "\
//- mvs1.profile
SOMAXCONN 10
VIPADYNAMIC
  VIPADISTRIBUTE 203.0.113.1 PORT 80 4$043 DESTIP 10.0.0.1
ENDVIPADYNAMIC
",
        "mvs1.profile",
        &[
            "443",
            "PORT 80 443",
            "VIPADISTRIBUTE 203.0.113.1 PORT 80 443 DESTIP 10.0.0.1",
            "VIPADYNAMIC",
            "SOMAXCONN 10",
        ],
    );
}

#[test]
fn a_symbol_lies_in_its_token_and_the_token_in_its_entry() {
    check(
        "//- mvs1.profile\nPORT\n  443 TCP HTTP&SYS$0CLONE. NODELAYACKS\n  514 UDP SYSLOGD\n",
        "mvs1.profile",
        &[
            "&SYSCLONE.",
            "HTTP&SYSCLONE.",
            "TCP HTTP&SYSCLONE.",
            "443 TCP HTTP&SYSCLONE. NODELAYACKS",
            "PORT",
            "PORT",
        ],
    );
}

#[test]
fn a_comment_and_a_word_of_a_scenario() {
    check(
        "//- mvs1.profile\nSOMAXCONN 10 ; e$0nough\n",
        "mvs1.profile",
        &["; enough", "SOMAXCONN 10 ; enough"],
    );
    check(
        "//- a.scenario\nfail TC$0PIP1\nexpect quiescent\n",
        "a.scenario",
        &["TCPIP1", "fail TCPIP1", "fail TCPIP1", "fail TCPIP1"],
    );
}
