use serde_json::{Value, json};

use crate::tests::fixture::{Fixture, apply};

fn formatted(fixture: &mut Fixture, name: &str, method: &str, more: Value) -> (String, usize) {
    let mut more = more;
    more["options"] = json!({ "tabSize": 8, "insertSpaces": true });
    let answer = fixture.ask(method, &more);
    assert!(answer.get("error").is_none(), "{answer}");
    let edits: Vec<&Value> = answer["result"].as_array().into_iter().flatten().collect();
    (apply(fixture.text(name), edits.clone()), edits.len())
}

const TEXT: &str = "//- a.profile\nSOMAXCONN    10$0\n\nPORT\n 443   TCP HTTPD1 ; web\n  80 TCP HTTPD1\n; the end\nSOMAXCONN 10\n\n\n\nSOMAXCONN  11\n";

#[test]
fn a_whole_document_in_edits_of_what_changes() {
    let mut fixture = Fixture::new(TEXT);
    let (text, edits) = formatted(&mut fixture, "a.profile", "textDocument/formatting", json!({}));
    assert_eq!(
        text,
        "SOMAXCONN 10\n\nPORT\n  443 TCP HTTPD1  ; web\n   80 TCP HTTPD1\n; the end\nSOMAXCONN 10\n\nSOMAXCONN 11\n"
    );
    assert_eq!(edits, 3);
    fixture.leave();
}

#[test]
fn a_range_and_nothing_else() {
    let mut fixture = Fixture::new(TEXT);
    let range = json!({ "start": { "line": 3, "character": 0 }, "end": { "line": 5, "character": 0 } });
    let (text, edits) =
        formatted(&mut fixture, "a.profile", "textDocument/rangeFormatting", json!({ "range": range }));
    assert_eq!(
        text,
        "SOMAXCONN    10\n\nPORT\n  443 TCP HTTPD1  ; web\n   80 TCP HTTPD1\n; the end\nSOMAXCONN 10\n\n\n\nSOMAXCONN  11\n"
    );
    assert_eq!(edits, 1);
    fixture.leave();
}

#[test]
fn line_ends_stay_and_so_does_a_missing_one() {
    let mut fixture = Fixture::new("//- a.profile\nSOMAXCONN  10$0\r\nSOMAXCONN  11");
    let (text, _) = formatted(&mut fixture, "a.profile", "textDocument/formatting", json!({}));
    assert_eq!(text, "SOMAXCONN 10\r\nSOMAXCONN 11");
    fixture.leave();
}

#[test]
fn a_scenario() {
    let sysplex = "//- sysplex.toml\n[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n//- a.profile\nSOMAXCONN 10\n";
    let text = "; a test\n  fail   TCPIP1 ; why\n\n\nexpect owner 203.0.113.1   = none\nstrat  it\n";
    let mut fixture = Fixture::new(&format!("{sysplex}//- a.scenario\n$0{text}"));
    let (text, edits) = formatted(&mut fixture, "a.scenario", "textDocument/formatting", json!({}));
    assert_eq!(text, "; a test\nfail TCPIP1  ; why\n\nexpect owner 203.0.113.1 = none\nstrat  it\n");
    assert_eq!(edits, 2);
    fixture.leave();
}

#[test]
fn scenarios_in_markdown() {
    let text = "#  One  thing\n\n```scenario\n  fail   TCPIP1\n```\n\n- in a list\n\n  ```scenario\n  fail   TCPIP1\n\n    expect   owner 203.0.113.1 = TCPIP2\n  ```\n\n  ```scenario\n fail   TCPIP2\n  ```\n\n```\na   b\n```\n```scenario two\nfail    TCPIP1\n```\n";
    let mut fixture = Fixture::new(&format!("//- a.md\n$0{text}"));
    let (after, edits) = formatted(&mut fixture, "a.md", "textDocument/formatting", json!({}));
    assert_eq!(
        after,
        text.replace("\n  fail   TCPIP1\n```\n", "\nfail TCPIP1\n```\n")
            .replace("fail    ", "fail ")
            .replace("  fail   TCPIP1\n\n    expect   owner", "  fail TCPIP1\n\n  expect owner")
    );
    // The last but one has a line that stands further to the left than its block.
    assert_eq!(edits, 4);
    fixture.leave();
}

#[test]
fn sequence_numbers_are_not_moved() {
    let record = |text: &str, number: u32| format!("{text:<72}{number:08}\n");
    let text: String = (1..=6).map(|number| record("SOMAXCONN  10", number * 100)).collect();
    let mut fixture = Fixture::new(&format!("//- a.profile\n$0{text}"));
    let answer =
        fixture.ask("textDocument/formatting", &json!({ "options": { "tabSize": 2, "insertSpaces": true } }));
    let message = answer["error"]["message"].as_str().expect("a refusal");
    assert!(message.contains("sequence numbers in columns 73 to 80"), "{message}");
    fixture.leave();
}

/// Types a character at the cursor, which stands behind it.
fn typed(text: &str, letter: &str) -> String {
    let mut fixture = Fixture::new(&format!("//- a.profile\n{text}"));
    let (text, _) =
        formatted(&mut fixture, "a.profile", "textDocument/onTypeFormatting", json!({ "ch": letter }));
    fixture.leave();
    text
}

#[test]
fn a_new_record_goes_where_the_statement_goes_on() {
    assert_eq!(typed("VIPADYNAMIC\n$0\n", "\n"), "VIPADYNAMIC\n  \n");
    assert_eq!(typed("VIPADYNAMIC\n  VIPADEFINE\n  $0\n", "\n"), "VIPADYNAMIC\n  VIPADEFINE\n    \n");
    let whole = "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 203.0.113.1\n";
    assert_eq!(typed(&format!("{whole}      $0\n"), "\n"), format!("{whole}  \n"));
    assert_eq!(typed("PORT\n$0\n", "\n"), "PORT\n  \n");
    assert_eq!(typed("PORT\n  443 TCP HTTPD1\n$0\n", "\n"), "PORT\n  443 TCP HTTPD1\n  \n");
    assert_eq!(typed("PORT\n  443 TCP HTTPD1\n\n  $0\n", "\n"), "PORT\n  443 TCP HTTPD1\n\n\n");
    assert_eq!(typed("SOMAXCONN 10\n  $0\n", "\n"), "SOMAXCONN 10\n\n");
    assert_eq!(typed("VIPADYNAMIC\nENDVIPADYNAMIC\n  $0\n", "\n"), "VIPADYNAMIC\nENDVIPADYNAMIC\n\n");
    assert_eq!(typed("  $0\n", "\n"), "\n");
}

#[test]
fn the_end_of_a_block_goes_under_its_opener() {
    assert_eq!(typed("VIPADYNAMIC\n  ENDVIPADYNAMIC$0\n", "C"), "VIPADYNAMIC\nENDVIPADYNAMIC\n");
    assert_eq!(typed("VIPADYNAMIC\n  VIPADYNAMIC$0\n", "C"), "VIPADYNAMIC\n  VIPADYNAMIC\n");
    assert_eq!(typed("  ENDVIPADYNAMIC$0\n", "C"), "  ENDVIPADYNAMIC\n");
    assert_eq!(typed("BEGINROUTES\n   endroutes$0 ; x\n", "s"), "BEGINROUTES\n   endroutes ; x\n");
}
