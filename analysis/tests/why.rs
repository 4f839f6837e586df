//! `why`: answers in words, their paths, and what would change them.

mod common;

use common::{addresses, figure6};
use grammar::scenario::parse;
use runtime_model::model::Model;
use vipa_analysis::obey::NoObeyFiles;
use vipa_analysis::run::World;
use vipa_analysis::why;

fn ask(model: &Model, question: &str, after: Option<&str>) -> String {
    let addresses = addresses();
    let world = World { model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let words: Vec<String> = question.split(' ').map(str::to_owned).collect();
    let said = match why::question(&words) {
        Ok(said) => said,
        Err(error) => return error.message,
    };
    let scenario = after.map(parse);
    match why::why(&world, &said, scenario.as_ref().map(|scenario| ("before.scenario", scenario))) {
        Ok(answer) => why::text::render(&answer, &addresses),
        Err(troubles) => troubles.iter().map(|trouble| format!("{trouble}\n")).collect(),
    }
}

#[test]
fn an_outbound_connection() {
    insta::assert_snapshot!(ask(&figure6(true), "TCPIP2 APPA connect 192.0.2.9:443", None));
}

#[test]
fn a_connection_that_is_refused() {
    insta::assert_snapshot!(ask(&figure6(true), "TCPIP3 APPA connect 192.0.2.9:443", None));
}

#[test]
fn a_connection_without_cluster_wide_ports() {
    insta::assert_snapshot!(ask(&figure6(false), "TCPIP2 APPA connect 192.0.2.9:443", None));
}

#[test]
fn a_bind_that_another_stack_forbids() {
    let after = "TCPIP1 APPA bind DVA1:5000\n";
    insta::assert_snapshot!(ask(&figure6(true), "TCPIP2 APPA bind DVA1:5000", Some(after)));
}

#[test]
fn a_request_nobody_listens_for() {
    insta::assert_snapshot!(ask(&figure6(true), "request 198.51.100.77 DVA1:60", Some("settle\n")));
}

#[test]
fn a_request_that_is_distributed() {
    let after = "TCPIP2 APPA listen DVA1:60\nTCPIP4 APPA listen *:60\n";
    insta::assert_snapshot!(ask(
        &figure6(true),
        "TCPIP2 APPA request 198.51.100.77:4000 DVA1:60",
        Some(after)
    ));
}

#[test]
fn questions_that_are_none() {
    let model = figure6(true);
    let mut page = String::new();
    for question in [
        "fail TCPIP1",
        "TCPIP2 APPA conect SERVER:443",
        "TCPIP9 APPA connect SERVER:443",
        "request",
        "request 192.0.2.1 DVA9:60",
    ] {
        page.push_str(&format!("{question}\n  {}\n", ask(&model, question, None).trim_end()));
    }
    page.push_str(&ask(&model, "TCPIP2 APPA connect SERVER:443", Some("fail TCPIP9\n")));
    insta::assert_snapshot!(page);
}

#[test]
fn json_has_the_keys_of_a_run() {
    let (model, addresses) = (figure6(true), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let words: Vec<String> = "TCPIP2 APPA connect SERVER:443".split(' ').map(str::to_owned).collect();
    let answer = why::why(&world, &why::question(&words).unwrap(), None).unwrap();
    let value: serde_json::Value = serde_json::from_str(&why::json::render(&answer).unwrap()).unwrap();
    assert_eq!(value["outcome"]["source"], "203.0.113.1");
    assert_eq!(
        value["trace"][5],
        serde_json::json!({"at": "F7:755", "question": "Leave from the DVIPA of the entry:", "answer": "203.0.113.1"})
    );
    assert!(value["answer"].as_str().unwrap().starts_with("leaves TCPIP2 from 203.0.113.1 port 1025"));
}
