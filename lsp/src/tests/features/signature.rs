use serde_json::{Value, json};

use crate::tests::fixture::Fixture;

/// The label with the active part in brackets of its own.
#[track_caller]
fn check(line: &str, expected: &str, doc: &str) {
    let help = Fixture::new(&format!("//- a.profile\nVIPADYNAMIC\n  {line}\nENDVIPADYNAMIC\n"))
        .result("textDocument/signatureHelp", &json!({}));
    let signature = &help["signatures"][0];
    let label = signature["label"].as_str().unwrap_or_else(|| panic!("no help: {help}"));
    let active = help["activeParameter"].as_u64().expect("an active part") as usize;
    let parameter = &signature["parameters"][active];
    let [start, end] = [0, 1].map(|end| parameter["label"][end].as_u64().expect("an offset") as usize);
    assert_eq!(&label[start..end], expected, "{label}");
    assert_eq!(parameter["documentation"]["value"], doc);
}

#[test]
fn the_part_that_comes_next_is_active() {
    check("VIPADISTRIBUTE 203.0.113.1 PORT $0", "[PORT ports...]", "A port, or first-last.");
    check("VIPABACKUP $0", "[rank]", "Place in the backup chain; the highest takes over first.");
    check(
        "VIPABACKUP 10$00 203.0.113.1",
        "[rank]",
        "Place in the backup chain; the highest takes over first.",
    );
}

#[test]
fn none_between_statements_and_in_comments() {
    for text in ["//- a.profile\n$0\n", "//- a.profile\nHOME ; $0\n", "//- a.scenario\nfail $0\n"] {
        assert_eq!(Fixture::new(text).result("textDocument/signatureHelp", &json!({})), Value::Null);
    }
}
