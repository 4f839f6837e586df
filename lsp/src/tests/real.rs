//! The same server with the compiler that ships.

use serde_json::json;

use super::client::{Client, Folder};

const DESCRIPTION: &str = "\
[sysplex]
name = \"PLEX1\"
dialect = \"founding\"

[[stack]]
name = \"TCPIP1\"
system = \"MVS1\"
profile = \"mvs1.profile\"

[[stack]]
name = \"TCPIP2\"
system = \"MVS2\"
profile = \"mvs2.profile\"
";

#[test]
fn a_misspelt_statement_in_a_sysplex() {
    let folder = Folder::new(&[
        ("sysplex.toml", DESCRIPTION),
        ("mvs1.profile", ""),
        ("mvs2.profile", "; second\nSOURECEIPA 192.0.2.2 APPB\n"),
    ]);
    let mut client = Client::connect_to_real();
    client.start_reading();
    client.greet(&folder, json!({}), json!(null));
    let [first, second] = ["mvs1.profile", "mvs2.profile"].map(|name| folder.uri(name));
    client.open(&first, 1, "; 😀\r\n  SOURECEIPA 192.0.2.1 APPA\r\n");
    let published = client.published(&first);
    assert_eq!(published.version, Some(1));
    let found = |diagnostic: &serde_json::Value| diagnostic["code"] == "unknown-statement";
    let diagnostic = published.diagnostics.iter().find(|diagnostic| found(diagnostic)).expect("the mistake");
    assert_eq!(
        diagnostic["range"],
        json!({ "start": { "line": 1, "character": 2 }, "end": { "line": 1, "character": 12 } })
    );
    assert!(diagnostic["message"].as_str().unwrap().contains("SOURECEIPA"), "{diagnostic}");
    // The other stack's profile is not open.
    let other = client.published(&second);
    assert!(other.version.is_none() && other.diagnostics.iter().any(found), "{other:?}");
    client.edit(&first, 2, Some([1, 2, 1, 12]), "; nothing");
    assert!(!client.published_for(&first, 2).diagnostics.iter().any(found));
    client.leave();
}

#[test]
fn three_thousand_edits_of_the_real_thing() {
    let folder = Folder::new(&[("sysplex.toml", DESCRIPTION), ("mvs1.profile", ""), ("mvs2.profile", "")]);
    let mut client = Client::connect_to_real();
    client.start_reading();
    client.greet(&folder, json!({}), json!(null));
    let uri = folder.uri("mvs1.profile");
    client.open(&uri, 0, "");
    for version in 1..=3000 {
        let text = if version % 2 == 0 { "VIPADYNAMIC\n" } else { "SOURECEIPA\n" };
        client.edit(&uri, version, Some([0, 0, 0, 0]), text);
    }
    // The number of misspelt lines is the number of odd edits: none is lost, none done twice.
    let published = client.published_for(&uri, 3000);
    let count =
        published.diagnostics.iter().filter(|diagnostic| diagnostic["code"] == "unknown-statement").count();
    assert_eq!(count, 1500);
    client.leave();
}

#[test]
fn a_description_that_breaks_while_open() {
    let folder = Folder::new(&[("sysplex.toml", DESCRIPTION), ("mvs1.profile", ""), ("mvs2.profile", "")]);
    let mut client = Client::connect_to_real();
    client.start_reading();
    client.greet(&folder, json!({}), json!(null));
    let description = folder.uri("sysplex.toml");
    client.open(&description, 1, DESCRIPTION);
    assert_eq!(client.published(&description).messages(), [""; 0]);
    client.edit(&description, 2, Some([0, 0, 0, 0]), "[sysplex\n");
    let broken = client.published_for(&description, 2);
    assert_eq!(broken.diagnostics[0]["code"], "sysplex-toml-syntax");
    // Closed without saving: the file on disk was never broken.
    client.close(&description);
    let closed = client.published(&description);
    assert_eq!((closed.version, closed.diagnostics), (None, vec![]));
    client.leave();
}

#[test]
fn twenty_megabytes() {
    let folder = Folder::new(&[]);
    let mut client = Client::connect_to_real();
    client.start_reading();
    client.greet(&folder, json!({}), json!(null));
    let uri = folder.uri("big.profile");
    let line = format!("; {}\n", "x".repeat(1021));
    client.open(&uri, 1, &line.repeat(20 << 10));
    assert_eq!(client.published(&uri).version, Some(1));
    client.edit(&uri, 2, Some([20_000, 0, 20_000, 0]), "SOURECEIPA\n");
    let published = client.published_for(&uri, 2);
    assert_eq!(published.diagnostics[0]["range"]["start"], json!({ "line": 20_000, "character": 0 }));
    let hover = client.call(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri }, "position": { "line": 20_001, "character": 5 } }),
    );
    assert_eq!(hover["result"], json!(null));
    client.leave();
}
