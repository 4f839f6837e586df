//! OBEYFILEs: data sets that no profile reads.

use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, SHARED, here, plex};
use crate::tests::fixture::Fixture;

fn with(obeyfile: &str) -> Fixture {
    Fixture::new(&format!("{}//- add.obey\n{}", plex(OWNER, BACKUP, SHARED), here(obeyfile)))
}

fn pull(fixture: &mut Fixture) -> Vec<Value> {
    let uri = fixture.uri("add.obey");
    let id = fixture.client().pull(&uri);
    fixture.client().answer(id)["result"]["items"].as_array().expect("diagnostics").clone()
}

const GOOD: &str = "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 203.0.113.44\nENDVIPADYNAMIC\n";

#[test]
fn one_is_checked_on_every_stack_and_not_as_a_profile() {
    let mut fixture = with(GOOD);
    assert_eq!(pull(&mut fixture), [json!(null); 0]);
    fixture.leave();
    // What is wrong on all stacks names none; what is wrong on some names them.
    let mut fixture =
        with("SOMAXCON 1\nVIPADYNAMIC\n  VIPADEFINE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n");
    let found = pull(&mut fixture);
    let of = |code: &str| -> Vec<&str> {
        let of_rule = found.iter().filter(|one| one["code"] == code);
        of_rule.map(|one| one["message"].as_str().unwrap()).collect()
    };
    let everywhere = of("unknown-statement");
    assert!(everywhere.len() == 1 && !everywhere[0].contains("Stack"), "{found:?}");
    let some = of("dvipa-defined-twice");
    assert!(some.len() == 1 && some[0].ends_with("Stacks: TCPIP2, TCPIP3"), "{found:?}");
    fixture.leave();
}

#[test]
fn its_mistakes_are_mended_and_told_anew_after_an_edit() {
    let mut fixture = with("SOMAXCON 1\n");
    assert_eq!(pull(&mut fixture).len(), 1);
    let at = fixture.at_cursor()["position"].clone();
    let params = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [], "only": ["source.fixAll"] } });
    let answer = fixture.ask("textDocument/codeAction", &params);
    let edited = fixture.edited(&answer["result"][0]["edit"], "add.obey");
    assert_eq!(edited, "SOMAXCONN 1\n", "{answer}");
    let uri = fixture.uri("add.obey");
    fixture.client().edit(&uri, 2, None, &edited);
    assert_eq!(pull(&mut fixture), [json!(null); 0]);
    fixture.leave();
}

#[test]
fn a_lens_plans_it_on_each_stack() {
    let mut fixture = with(GOOD);
    let lenses = fixture.ask("textDocument/codeLens", &json!({}))["result"].clone();
    let titles: Vec<&str> =
        lenses.as_array().unwrap().iter().map(|lens| lens["command"]["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "plan against the sysplex, on TCPIP1",
            "plan against the sysplex, on TCPIP2",
            "plan against the sysplex, on TCPIP3",
        ]
    );
    let mut argument = lenses[1]["command"]["arguments"][0].clone();
    argument["show"] = json!(false);
    let order = json!({ "command": lenses[1]["command"]["command"], "arguments": [argument] });
    let answer = fixture.client().call("workspace/executeCommand", order);
    assert_eq!(answer["result"]["title"], "plan of add.obey on TCPIP2", "{answer}");
    assert!(answer["result"]["text"].as_str().unwrap().contains("203.0.113.44"), "{answer}");
    let uri = fixture.uri("add.obey");
    let order = json!({ "command": "vipa.plan", "arguments": [{ "uri": uri }] });
    let answer = fixture.client().call("workspace/executeCommand", order);
    let message = answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(message, "vipa.plan: which stack obeys add.obey? Name it as `stack`: TCPIP1, TCPIP2, TCPIP3");
    fixture.leave();
}
