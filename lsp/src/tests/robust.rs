//! Clients that behave badly, compilers that fail, and how to leave.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::client::{Client, Folder};
use super::fake::Probe;
use crate::Outcome;

#[test]
fn a_flood_of_requests_without_reading_is_accepted() {
    const FLOOD: i64 = 20_000;
    let folder = Folder::new(&[]);
    let mut client = Client::start_unread(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 1, "SOURECEIPA");
    // Nothing is read here: should the server wait for us, this never ends.
    let ids: Vec<i64> = (0..FLOOD)
        .map(|number| match number % 3 {
            0 => client.pull(&uri),
            1 => client.ask("vipa/syntaxTree", json!({ "textDocument": { "uri": uri } })),
            _ => client.ask("vipa/unknown", json!({})),
        })
        .collect();
    client.start_reading();
    assert_eq!(client.answer(0)["result"]["serverInfo"]["name"], "vipa");
    assert_eq!(client.published(&uri).messages().len(), 1);
    for id in ids {
        let answer = client.answer(id);
        let is_tree = answer["result"].as_str().is_some_and(|tree| tree.contains("SOURECEIPA"));
        let good = answer["result"]["items"].is_array() || is_tree || answer["error"]["code"] == -32601;
        assert!(good, "{answer}");
    }
    client.leave();
}

#[test]
fn a_client_that_never_answers_holds_up_nothing() {
    let folder = Folder::new(&[]);
    let capabilities = json!({ "workspace": { "configuration": true, "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::connect();
    client.answers = false;
    client.start_reading();
    client.greet(&folder, capabilities, json!(null));
    client.told("client/registerCapability");
    client.told("workspace/configuration");
    // More questions than the library has places for.
    for _ in 0..300 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
    let uri = folder.uri("a");
    client.open(&uri, 1, "SOURECEIPA");
    for version in 2..500 {
        client.edit(&uri, version, None, "SOURECEIPA SOURECEIPA");
    }
    assert_eq!(client.published_for(&uri, 499).messages().len(), 2);
    for _ in 0..300 {
        client.told("workspace/configuration");
    }
    client.leave();
}

#[test]
fn settings_come_from_a_client_that_can_be_asked() {
    let folder = Folder::new(&[]);
    let mut client = Client::connect();
    client.answers = false;
    client.start_reading();
    client.greet(&folder, json!({ "workspace": { "configuration": true } }), json!(null));
    let question = client.asked("workspace/configuration");
    assert_eq!(question["params"]["items"], json!([{ "section": "vipa" }]));
    client.send(&json!({ "jsonrpc": "2.0", "id": question["id"], "result": [{ "dialect": "founding" }] }));
    let uri = folder.uri("a");
    client.open(&uri, 1, "SOURECEIPA");
    assert_eq!(client.published(&uri).messages(), ["SOURECEIPA is no statement (Founding)"]);
    client.leave();
}

#[test]
fn malformed_messages_are_answered_and_forgotten() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    for (bad, code) in [
        ("Content-Length: 9\r\n\r\n{\"jsonrpc", -32700),
        ("Content-Length: 4\r\n\r\nnull", -32600),
        ("Content-Length: 2\r\n\r\n{}", -32600),
        ("Content-Length: x\r\n\r\n", -32700),
    ] {
        client.raw(bad.as_bytes());
        assert_eq!(client.refusal()["error"]["code"], code, "{bad:?}");
    }
    client.raw(b"nonsense\r\n\r\n");
    // Right in form, wrong in content.
    let answer = client.call("textDocument/diagnostic", json!({ "textDocument": 7 }));
    assert_eq!(answer["error"]["code"], -32602);
    client.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    client.notify("$/unknown", json!({}));
    client.notify("vipa/unknown", json!({}));
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": folder.uri("x"), "type": 99 }] }),
    );
    client.send(&json!({ "jsonrpc": "2.0", "id": 4711, "result": null }));
    let uri = folder.uri("a");
    client.open(&uri, 1, "SOURECEIPA");
    assert_eq!(client.published(&uri).messages().len(), 1);
    client.leave();
}

#[test]
fn a_check_that_fails_is_an_error_and_not_the_end() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let [broken, whole] = ["broken", "whole"].map(|name| folder.uri(name));
    client.open(&whole, 1, "");
    client.published(&whole);
    client.probe.hold();
    client.open(&broken, 1, "BREAK CHECK");
    client.probe.wait_for_checks(2);
    let id = client.pull(&broken);
    // The question must be there before the answer is: an edit elsewhere is answered behind it.
    let waits = client.call("vipa/unknown", json!({}));
    assert_eq!(waits["error"]["code"], -32601);
    client.probe.release();
    assert_eq!(client.answer(id)["error"]["code"], -32603);
    let message = client.told("window/logMessage");
    assert_eq!(message["type"], 1);
    assert!(
        message["message"].as_str().unwrap().ends_with("broken: internal error: broken by a check"),
        "{message}"
    );
    client.edit(&broken, 2, None, "SOURECEIPA");
    assert_eq!(client.published(&broken).messages().len(), 1);
    client.edit(&whole, 2, None, "SOURECEIPA");
    assert_eq!(client.published(&whole).messages().len(), 1);
    client.leave();
}

#[test]
fn a_change_that_fails_costs_one_compiler() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    // Alphabetical order is the order of the compilers: one before and one behind the broken one.
    let [before, broken, behind] = ["a", "b", "c"].map(|name| folder.uri(name));
    for uri in [&before, &broken, &behind] {
        client.open(uri, 1, "");
        client.published(uri);
    }
    client.edit(&broken, 2, None, "BREAK CHANGE");
    let message = client.told("window/logMessage");
    assert_eq!(message["message"], "loading: internal error: broken by a change");
    for uri in [&before, &behind] {
        client.edit(uri, 2, None, "SOURECEIPA");
        assert_eq!(client.published(uri).messages().len(), 1);
    }
    client.edit(&broken, 3, None, "SOURECEIPA");
    assert_eq!(client.published(&broken).messages().len(), 1);
    client.leave();
}

#[test]
fn a_cancelled_request_is_answered_as_such() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.probe.hold();
    client.open(&uri, 1, "");
    let ids: Vec<i64> = (0..10).map(|_| client.pull(&uri)).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    // While the compiler is still at work.
    for id in ids {
        assert_eq!(client.answer(id)["error"]["code"], -32800);
    }
    client.probe.release();
    client.published(&uri);
    client.leave();
}

#[test]
fn after_shutdown_no_compiler_is_touched() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 1, "SOURECEIPA");
    client.published(&uri);
    let seen = |probe: &Probe| {
        [&probe.changes, &probe.checks, &probe.loads].map(|count| count.load(Ordering::SeqCst))
    };
    let before = seen(&client.probe);
    client.call("shutdown", json!(null));
    client.edit(&uri, 2, None, "");
    client.changed_on_disk(&[&uri]);
    assert_eq!(
        client.call("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }))["error"]["code"],
        -32600
    );
    client.notify("exit", json!(null));
    let probe = client.probe.clone();
    assert_eq!(client.outcome(), Outcome::Orderly);
    assert_eq!(seen(&probe), before);
}

#[test]
fn leaving_without_a_word_is_code_1() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    client.notify("exit", json!(null));
    assert_eq!(client.outcome().code(), 1);

    let mut client = Client::start(&folder);
    client.hang_up();
    assert_eq!(client.outcome(), Outcome::Abrupt);

    let mut client = Client::start(&folder);
    client.call("shutdown", json!(null));
    client.hang_up();
    assert_eq!(client.outcome().code(), 0);
}

#[test]
fn before_the_greeting_nothing_is_answered_but_refusals() {
    let folder = Folder::new(&[]);
    let mut client = Client::connect();
    client.start_reading();
    let answer =
        client.call("textDocument/diagnostic", json!({ "textDocument": { "uri": folder.uri("a") } }));
    assert_eq!(answer["error"]["code"], -32002);
    client.greet(&folder, json!({}), json!(null));
    client.leave();
}
