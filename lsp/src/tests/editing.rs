//! Edits: their order, their positions, and what they make superfluous.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::client::{Client, Folder};

#[test]
fn three_thousand_edits_in_a_row_keep_their_order() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 0, "ECHO\n");
    let mut expected = "ECHO\n".to_owned();
    for number in 1..=3000 {
        // Each at another place, so that any two that change places show.
        let line = number % 7;
        let text = format!("{number}\n");
        let lines: Vec<&str> = expected.split_inclusive('\n').collect();
        let at: usize = lines.iter().take(line + 1).map(|line| line.len()).sum();
        client.edit(&uri, number as i32, Some([line as u32 + 1, 0, line as u32 + 1, 0]), &text);
        expected.insert_str(at, &text);
    }
    let published = client.published_for(&uri, 3000);
    assert_eq!(published.messages(), [expected]);
    client.leave();
}

#[test]
fn edits_that_wait_are_one_change_for_the_compiler() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 0, "ECHO");
    client.published_for(&uri, 0);
    client.probe.hold();
    client.edit(&uri, 1, Some([0, 4, 0, 4]), "!");
    client.probe.wait_for_checks(2);
    let (changes, checks) =
        (client.probe.changes.load(Ordering::SeqCst), client.probe.checks.load(Ordering::SeqCst));
    // One message with many edits is one job: how many changes it makes depends on no timing.
    let edit = json!({ "range": { "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 4 } }, "text": "x" });
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": vec![edit; 500] }),
    );
    client.probe.wait_for_checks(checks + 1);
    assert_eq!(client.probe.changes.load(Ordering::SeqCst), changes + 1);
    // The check of the older text has given up for it, and has told nothing.
    assert_eq!(client.probe.given_up.load(Ordering::SeqCst), 1);
    client.probe.release();
    let published = client.published(&uri);
    assert_eq!(
        (published.version, published.messages()),
        (Some(2), vec![format!("ECHO{}!", "x".repeat(500)).as_str()])
    );
    client.leave();
}

#[test]
fn findings_never_go_by_the_number_of_a_later_text() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let [uri, other] = ["one/a", "two/b"].map(|name| folder.uri(name));
    client.open(&other, 1, "");
    client.published(&other);
    client.probe.hold();
    client.open(&uri, 1, "SOURECEIPA");
    client.probe.wait_for_checks(2);
    let changes = client.probe.changes.load(Ordering::SeqCst);
    client.probe.hold_changes();
    client.changed_on_disk(&[&folder.uri("two/c")]);
    client.probe.wait_for_changes(changes + 1);
    // The owner is busy. An edit waits in its channel, and behind it the findings of the text before the edit.
    client.edit(&uri, 2, None, "");
    client.call("vipa/unknown", json!({}));
    client.probe.release();
    std::thread::sleep(std::time::Duration::from_millis(200));
    client.probe.release_changes();
    let published = client.published(&uri);
    assert_eq!((published.version, published.diagnostics), (Some(2), vec![]));
    // The check of the first text was not merely given up: it came too late.
    assert_eq!(client.probe.given_up.load(Ordering::SeqCst), 0);
    client.leave();
}

#[test]
fn an_edit_counts_while_the_file_takes_no_part() {
    let folder = Folder::new(&[("sysplex.toml", "profile = \"a\"\n"), ("a", "INCLUDE b\n"), ("b", "")]);
    let mut client = Client::start(&folder);
    let [a, b] = ["a", "b"].map(|name| folder.uri(name));
    client.open(&a, 1, "INCLUDE b");
    client.published(&a);
    client.open(&b, 1, "SOURECEIPA");
    assert_eq!(client.published(&b).messages().len(), 1);
    // Out of the sysplex it is a stack of its own.
    client.edit(&a, 2, None, "");
    client.published_for(&a, 2);
    assert_eq!(client.published(&b).diagnostics[0]["relatedInformation"], json!(null));
    client.edit(&b, 2, None, "SOURECEIPA SOURECEIPA");
    assert_eq!(client.published_for(&b, 2).messages().len(), 2);
    client.edit(&a, 3, None, "INCLUDE b");
    client.published_for(&a, 3);
    let back = client.published(&b);
    assert_eq!(back.messages().len(), 2);
    assert_eq!(back.diagnostics[0]["relatedInformation"][0]["message"], "described here");
    client.leave();
}

#[test]
fn positions_past_the_end_clamp() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.open(&uri, 1, "ECHO\nab");
    client.edit(&uri, 2, Some([0, 4_000_000_000, 0, 4_000_000_000]), "1");
    client.edit(&uri, 3, Some([1, 99, 1, 99]), "2");
    client.edit(&uri, 4, Some([77, 1, 99, 99]), "3");
    client.edit(&uri, 5, Some([1, 1, 0, 5]), "-");
    assert_eq!(client.published_for(&uri, 5).messages(), ["ECHO1-b23"]);
    client.leave();
}

#[test]
fn columns_count_as_was_agreed() {
    for (offered, agreed, column) in [
        (json!(null), "utf-16", 3),
        (json!(["utf-16"]), "utf-16", 3),
        (json!(["utf-99", "utf-8", "utf-16"]), "utf-8", 7),
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-32", 2),
    ] {
        let folder = Folder::new(&[]);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let (mut client, answer) = Client::start_with(&folder, capabilities, json!(null));
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        let uri = folder.uri("a");
        client.open(&uri, 1, "€😀x");
        client.edit(&uri, 2, Some([0, column, 0, column + 1]), " SOURECEIPA");
        let published = client.published_for(&uri, 2);
        assert_eq!(published.diagnostics[0]["range"]["start"]["character"], column + 1, "{agreed}");
        assert_eq!(published.diagnostics[0]["range"]["end"]["character"], column + 11, "{agreed}");
        client.leave();
    }
}

#[test]
fn a_change_for_a_file_never_opened_is_logged() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("a");
    client.edit(&uri, 2, None, "SOURECEIPA");
    let message = client.told("window/logMessage");
    assert_eq!(
        message,
        json!({ "type": 2, "message": format!("a change for a file that is not open: {uri}") })
    );
    client.close(&uri);
    client.told("window/logMessage");
    client.open(&uri, 1, "SOURECEIPA");
    assert_eq!(client.published(&uri).messages().len(), 1);
    client.leave();
}
