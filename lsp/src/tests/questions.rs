//! How questions get to the right state and their answers back: order, edits that overtake, failures.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::client::{Client, Folder};

fn tree(client: &mut Client, uri: &str) -> i64 {
    client.ask("vipa/syntaxTree", json!({ "textDocument": { "uri": uri } }))
}

fn text(answer: &Value) -> &str {
    answer["result"].as_str().unwrap_or_else(|| panic!("no tree: {answer}"))
}

#[test]
fn an_answer_has_seen_every_edit_before_the_question() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.diagnosed = false;
    client.open(&uri, 0, "");
    let mut ids = Vec::new();
    for version in 1..=200 {
        client.edit(&uri, version, None, &format!("HOME 192.0.2.{version} LINK{version}"));
        ids.push((version, tree(&mut client, &uri)));
    }
    for (version, id) in ids {
        let answer = client.answer(id);
        let seen = text(&answer).split("LINK").nth(1).and_then(|rest| {
            rest.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|number| number.parse().ok())
        });
        assert!(seen >= Some(version), "{version}: {answer}");
    }
    client.leave();
}

#[test]
fn a_question_that_an_edit_overtakes_is_asked_again() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 1, "HOME 192.0.2.1 OLD");
    client.published(&uri);
    client.probe.hold();
    let id = tree(&mut client, &uri);
    client.probe.wait_for_questions(1);
    client.edit(&uri, 2, None, "HOME 192.0.2.1 NEW");
    client.probe.wait_for_questions(2);
    client.probe.release();
    let answer = client.answer(id);
    assert!(text(&answer).contains("NEW"), "{answer}");
    assert!(client.probe.given_up.load(Ordering::SeqCst) >= 1);
    client.published_for(&uri, 2);
    client.leave();
}

#[test]
fn a_client_that_can_ask_again_is_told_to() {
    let folder = Folder::new(&[]);
    let stale =
        json!({ "general": { "staleRequestSupport": { "cancel": true, "retryOnContentModified": [] } } });
    let (mut client, _) = Client::start_with(&folder, stale, json!(null));
    let uri = folder.uri("a");
    client.open(&uri, 1, "HOME 192.0.2.1 OLD");
    client.published(&uri);
    client.probe.hold();
    let id = tree(&mut client, &uri);
    client.probe.wait_for_questions(1);
    client.edit(&uri, 2, None, "HOME 192.0.2.1 NEW");
    assert_eq!(client.answer(id)["error"]["code"], -32801);
    client.probe.release();
    client.published_for(&uri, 2);
    client.leave();
}

#[test]
fn a_feature_that_fails_answers_with_an_error_and_the_server_lives_on() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let [broken, whole] = ["broken", "whole"].map(|name| folder.uri(name));
    client.open(&broken, 1, "BREAK ASK");
    client.open(&whole, 1, "HOME 192.0.2.1 L");
    client.published(&broken);
    client.published(&whole);
    let id = tree(&mut client, &broken);
    assert_eq!(client.answer(id)["error"]["code"], -32603);
    let message = client.told("window/logMessage");
    assert_eq!(message["message"], "vipa/syntaxTree: internal error: broken by a question");
    let id = tree(&mut client, &whole);
    assert!(text(&client.answer(id)).contains("192.0.2.1"));
    client.edit(&broken, 2, None, "HOME 192.0.2.2 L");
    let id = tree(&mut client, &broken);
    assert!(text(&client.answer(id)).contains("192.0.2.2"));
    client.published_for(&broken, 2);
    client.leave();
}

#[test]
fn questions_that_were_taken_back_cost_nothing() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 1, "HOME 192.0.2.1 L");
    client.published(&uri);
    client.probe.hold();
    let first = tree(&mut client, &uri);
    client.probe.wait_for_questions(1);
    let ids: Vec<i64> = (0..50).map(|_| tree(&mut client, &uri)).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in ids {
        assert_eq!(client.answer(id)["error"]["code"], -32800);
    }
    client.probe.release();
    assert!(text(&client.answer(first)).contains("192.0.2.1"));
    let last = tree(&mut client, &uri);
    client.answer(last);
    assert_eq!(client.probe.questions.load(Ordering::SeqCst), 2);
    client.leave();
}

#[test]
fn after_shutdown_questions_are_refused() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 1, "HOME 192.0.2.1 L");
    client.published(&uri);
    client.call("shutdown", json!(null));
    let id = tree(&mut client, &uri);
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.notify("exit", json!(null));
    client.outcome();
}
