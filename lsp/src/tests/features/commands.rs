use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, SHARED, here, plex};
use crate::tests::fixture::Fixture;

fn order(fixture: &mut Fixture, command: &str, argument: &Value) -> Value {
    fixture.client().call("workspace/executeCommand", json!({ "command": command, "arguments": [argument] }))
}

#[test]
fn why_a_connection_goes_where_it_goes() {
    let mut fixture = Fixture::new(&plex(&here(OWNER), BACKUP, SHARED));
    let uri = fixture.uri("mvs1.profile");
    let refused = order(&mut fixture, "vipa.why", &json!({ "uri": uri, "show": false }));
    assert!(
        refused["error"]["message"].as_str().unwrap().contains("STACK JOB connect DEST:PORT"),
        "{refused}"
    );
    let question = "TCPIP1 APPA connect 192.0.2.9:443";
    let answer = order(&mut fixture, "vipa.why", &json!({ "uri": uri, "question": question, "show": false }));
    let text = answer["result"]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(text.contains("TCPIP1"), "{text}");
    assert_eq!(answer["result"]["title"], format!("why {question}"));
    fixture.leave();
}

#[test]
fn a_report_is_shown_as_a_page() {
    let mut fixture = Fixture::new(&plex(&here(OWNER), BACKUP, SHARED));
    let uri = fixture.uri("mvs1.profile");
    let answer = order(&mut fixture, "vipa.failover", &json!({ "uri": uri }));
    assert_eq!(answer["result"]["format"], "html");
    let shown = fixture.client().shown();
    assert_eq!(shown["external"], true);
    let file = shown["uri"].as_str().unwrap().strip_prefix("file://").unwrap().to_owned();
    let page = std::fs::read_to_string(file).unwrap();
    assert_eq!(page, answer["result"]["text"].as_str().unwrap());
    assert!(page.contains("203.0.113.1"));
    fixture.leave();
}

#[test]
fn the_picture_of_the_sysplex_or_of_one_dvipa() {
    let mut fixture = Fixture::new(&plex(&here(OWNER), BACKUP, SHARED));
    let uri = fixture.uri("mvs1.profile");
    for about in [json!(null), json!("203.0.113.1")] {
        let answer = order(&mut fixture, "vipa.graph", &json!({ "uri": uri, "about": about, "show": false }));
        assert_eq!(answer["result"]["format"], "html", "{answer}");
        let page = answer["result"]["text"].as_str().unwrap();
        assert!(page.contains("<svg") && page.contains("203.0.113.1") && page.contains("TCPIP3"));
    }
    let answer =
        order(&mut fixture, "vipa.graph", &json!({ "uri": uri, "about": "203.0.113.9", "show": false }));
    assert!(answer["error"]["message"].as_str().unwrap().contains("203.0.113.9"), "{answer}");
    fixture.leave();
}

#[test]
fn a_scenario_that_fails_shows_where_until_it_is_edited() {
    let scenario =
        "settle\nexpect owner 203.0.113.1 = TCPIP1\nfail TCPIP1\nexpect owner 203.0.113.1 = TCPIP3\n";
    let text = format!("{}//- take.scenario\n{}", plex(OWNER, BACKUP, SHARED), here(scenario));
    let mut fixture = Fixture::new(&text);
    let uri = fixture.uri("take.scenario");
    let answer = order(&mut fixture, "vipa.run", &json!({ "uri": uri, "show": false }));
    assert_eq!(answer["result"]["title"], "take.scenario: failed", "{answer}");
    let pull = |fixture: &mut Fixture| {
        let id = fixture.client().pull(&uri);
        fixture.client().answer(id)["result"]["items"].clone()
    };
    let found = pull(&mut fixture);
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found[0]["code"], "scenario-failed");
    assert_eq!(found[0]["range"]["start"]["line"], 3);
    assert!(found[0]["message"].as_str().unwrap().contains("TCPIP2"), "{found}");
    fixture.client().edit(&uri, 2, None, &scenario.replace("TCPIP3", "TCPIP2"));
    assert_eq!(pull(&mut fixture), json!([]));
    let answer = order(&mut fixture, "vipa.run", &json!({ "uri": uri, "show": false }));
    assert_eq!(answer["result"]["title"], "take.scenario: passed", "{answer}");
    assert_eq!(pull(&mut fixture), json!([]));
    fixture.leave();
}

#[test]
fn what_cannot_be_done_is_said() {
    let mut fixture = Fixture::new("//- a.profile\n$0SOMAXCONN 1\n");
    let message =
        |answer: Value| answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let uri = fixture.uri("a.profile");
    let answer = order(&mut fixture, "vipa.failover", &json!({ "uri": uri }));
    assert_eq!(message(answer), "a.profile: no sysplex.toml at or above it");
    let answer = order(&mut fixture, "vipa.failover", &json!(null));
    assert_eq!(message(answer), "no sysplex.toml is known: open a file of the sysplex");
    fixture.leave();
    let mut fixture = Fixture::new(&plex(&here(OWNER), BACKUP, SHARED));
    assert_eq!(message(order(&mut fixture, "vipa.dance", &json!(null))), "there is no command vipa.dance");
    let uri = fixture.uri("mvs1.profile");
    assert_eq!(
        message(order(&mut fixture, "vipa.run", &json!({ "uri": uri }))),
        "mvs1.profile is no scenario"
    );
    fixture.leave();
}
