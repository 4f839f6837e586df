//! Diagnostics of scenarios.

use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, SHARED, here, plex};
use crate::tests::fixture::Fixture;

fn pull(fixture: &mut Fixture, name: &str) -> Vec<String> {
    let uri = fixture.uri(name);
    let id = fixture.client().pull(&uri);
    let answer = fixture.client().answer(id);
    let shown = |item: &Value| {
        let start = &item["range"]["start"];
        format!("{}:{} {}", start["line"], start["character"], item["message"].as_str().unwrap())
    };
    answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}")).iter().map(shown).collect()
}

#[test]
fn lines_that_cannot_be_read_and_names_that_nobody_has() {
    let scenario = "; 😀\nfail TCPIP9\nstrat TCPIP1\nobey TCPIP1 none.obey\n";
    let text = format!("{}//- a.scenario\n{}", plex(OWNER, BACKUP, SHARED), here(scenario));
    let mut fixture = Fixture::new(&text);
    let found = pull(&mut fixture, "a.scenario");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].starts_with("1:5 there is no stack TCPIP9; possible: TCPIP1, TCPIP2 or TCPIP3"),
        "{found:?}"
    );
    assert!(found[1].starts_with("2:0 ") && found[1].contains("start"), "{found:?}");
    assert!(found[2].starts_with("3:") && found[2].contains("none.obey"), "{found:?}");
    // A stack that comes into being mends it.
    let uri = fixture.uri("a.scenario");
    fixture.client().edit(&uri, 2, None, "fail TCPIP1\n");
    assert_eq!(pull(&mut fixture, "a.scenario"), [""; 0]);
    fixture.client().close(&uri);
    assert_eq!(pull(&mut fixture, "a.scenario"), [""; 0]);
    fixture.leave();
}

#[test]
fn a_scenario_hears_of_edits_of_the_profiles() {
    let scenario = "settle\nexpect owner DVA1 = TCPIP1\n";
    let text = format!("{}//- a.scenario\n{}", plex(OWNER, BACKUP, SHARED), here(scenario));
    let mut fixture = Fixture::new(&text);
    let found = pull(&mut fixture, "a.scenario");
    assert_eq!(found.len(), 1, "{found:?}");
    let description = fixture.text("sysplex.toml").to_owned();
    let uri = fixture.uri("sysplex.toml");
    fixture.client().open(&uri, 1, &format!("{description}[addresses]\nDVA1 = \"203.0.113.1\"\n"));
    assert_eq!(pull(&mut fixture, "a.scenario"), [""; 0]);
    fixture.leave();
}

#[test]
fn scenarios_in_markdown_have_their_lines_in_the_file() {
    let page = "# One$0\n\n```scenario\nfail TCPIP9\n```\n";
    let text = format!("{}//- a.md\n{page}", plex(OWNER, BACKUP, SHARED));
    let mut fixture = Fixture::new(&text);
    let found = pull(&mut fixture, "a.md");
    assert!(found.len() == 1 && found[0].starts_with("3:5 there is no stack TCPIP9"), "{found:?}");
    let answer = fixture.ask("textDocument/foldingRange", &json!({}));
    assert_eq!(answer["result"][0]["startLine"], 2);
    fixture.leave();
}
