//! Clients that say what no protocol knows, and positions that no text has.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::features::webplex::{at, changed};
use super::fixture::Fixture;

#[test]
fn a_greeting_with_words_that_nobody_knows() {
    let folder = Folder::new(&[]);
    let mut client = Client::connect_to_real();
    client.start_reading();
    client.diagnosed = false;
    let capabilities = json!({
        "textDocument": {
            "hover": { "contentFormat": ["html", "plaintext"] },
            "completion": { "completionItem": { "tagSupport": { "valueSet": [1, 99] }, "resolveSupport": 7 },
                "completionItemKind": { "valueSet": [1, 25, 99, -4] } },
            "holograms": { "dynamicRegistration": true }
        },
        "workspace": { "symbol": { "symbolKind": { "valueSet": [1, 4000] } },
            "workspaceEdit": { "resourceOperations": ["explode"], "failureHandling": "pray" } },
        "general": { "positionEncodings": ["utf-7", "utf-8"], "staleRequestSupport": "often" },
        "telepathy": {}
    });
    let answer = client.greet(&folder, capabilities, json!(null));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(answer["capabilities"]["hoverProvider"], true);
    let uri = folder.uri("a");
    client.open(&uri, 1, "HOME 192.0.2.1 L");
    let hover = client.call(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 1 } }),
    );
    // The first of its formats that we know.
    assert_eq!(hover["result"]["contents"]["kind"], "plaintext");
    client.leave();
}

#[test]
fn unknown_values_in_questions() {
    let mut fixture = Fixture::new(&at("one.profile", "VIPADISTRIBUTE", 2));
    let context = json!({ "context": { "triggerKind": 99, "triggerCharacter": "\u{1F600}" } });
    assert!(fixture.ask("textDocument/completion", &context)["result"]["items"].is_array());
    let context = json!({ "context": { "triggerKind": -1, "isRetrigger": true } });
    assert!(fixture.ask("textDocument/signatureHelp", &context).get("error").is_none());
    let answer = fixture.ask("textDocument/hover", &json!({ "mood": { "of": ["the", "client"] } }));
    assert!(answer["result"]["contents"].is_object(), "{answer}");
    assert_eq!(fixture.ask("textDocument/levitate", &json!({}))["error"]["code"], -32601);
    fixture.client().notify("$/setTrace", json!({ "value": "deafening" }));
    fixture.client().notify("$/somethingNew", json!([1, 2, 3]));
    assert!(fixture.ask("textDocument/hover", &json!({}))["result"].is_object());
    fixture.leave();
}

const METHODS: [&str; 9] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/documentHighlight",
    "textDocument/references",
    "textDocument/prepareRename",
    "textDocument/rename",
];

fn everything() -> Value {
    json!({ "context": { "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false }, "newName": "X" })
}

#[test]
fn positions_past_the_end_are_the_end() {
    let mut fixture = Fixture::new(&at("one.profile", "START OSA1\n", 11));
    for (line, character) in [(9999, 0), (0, 9999), (u32::MAX, u32::MAX), (20, 8)] {
        for method in METHODS {
            let mut more = everything();
            more["position"] = json!({ "line": line, "character": character });
            let answer = fixture.ask(method, &more);
            let code = answer["error"]["code"].as_i64();
            assert!(
                code.is_none() || (method.ends_with("ename") && code == Some(-32803)),
                "{method}: {answer}"
            );
        }
    }
    fixture.leave();
}

#[test]
fn questions_about_a_file_that_was_never_opened() {
    let mut fixture = Fixture::new(&at("one.profile", "START", 0));
    let [known, unknown] = ["two.profile", "nowhere.profile"].map(|name| fixture.uri(name));
    for method in METHODS {
        for uri in [&known, &unknown] {
            let mut more = everything();
            more["textDocument"] = json!({ "uri": uri });
            more["position"] = json!({ "line": 7, "character": 20 });
            let answer = fixture.ask(method, &more);
            let is_known = uri == &known;
            let code = answer["error"]["code"].as_i64();
            assert!(if is_known { code != Some(-32602) } else { code == Some(-32602) }, "{method}: {answer}");
        }
    }
    // What takes part in a sysplex is known without being open.
    let answer = fixture.client().call(
        "textDocument/hover",
        json!({ "textDocument": { "uri": known }, "position": { "line": 7, "character": 20 } }),
    );
    assert!(
        answer["result"]["contents"]["value"].as_str().is_some_and(|text| text.contains("203.0.113.1")),
        "{answer}"
    );
    fixture.leave();
}

#[test]
fn columns_count_as_was_agreed_also_around_symbols() {
    let text = changed("one.profile", "START OSA1", |start| {
        format!("AUTOLOG 5\n  PROC PARMSTRING \"ä😀\" JOBNAME JOB&SYSCLONE.\nENDAUTOLOG\n{start}")
    })
    .replacen("AUTOLOG 5\n  PROC", "$0AUTOLOG 5\n  PROC", 1);
    // `  PROC PARMSTRING "ä😀" JOBNAME JOB`: the units before the ampersand.
    for (encoding, before) in [("utf-8", 38), ("utf-16", 35), ("utf-32", 34)] {
        let abilities = json!({ "general": { "positionEncodings": [encoding] } });
        let mut fixture = Fixture::for_client(&text, abilities);
        let line = fixture.at_cursor()["position"]["line"].as_u64().expect("a line") + 1;
        let mut hover = |character: u64| {
            let position = json!({ "position": { "line": line, "character": character } });
            let answer = fixture.ask("textDocument/hover", &position);
            let value = answer["result"]["contents"]["value"].as_str().unwrap_or("").to_owned();
            (value, answer["result"]["range"].clone())
        };
        let range = |start: u64, end: u64| json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } });
        // The symbol, with its period; before it, the job that it builds.
        let (symbol, place) = hover(before + 2);
        assert!(symbol.contains("&SYSCLONE"), "{encoding}: {symbol}");
        assert_eq!(place, range(before, before + 10), "{encoding}");
        let (job, place) = hover(before - 2);
        assert!(job.contains("JOBSA"), "{encoding}: {job}");
        assert_eq!(place, range(before - 3, before + 10), "{encoding}");
        fixture.leave();
    }
}

#[test]
fn a_description_that_breaks_leaves_the_features_alive() {
    let mut fixture = Fixture::new(&at("one.profile", "203.0.113.1 PORT", 2));
    let description = fixture.uri("sysplex.toml");
    let whole = fixture.text("sysplex.toml").to_owned();
    fixture.client().open(&description, 1, "[sysplex\n[[stack]]\nname = ");
    for method in METHODS {
        let answer = fixture.ask(method, &everything());
        assert_ne!(answer["error"]["code"], -32603, "{method}: {answer}");
    }
    fixture.client().edit(&description, 2, None, &whole);
    let answer = fixture.ask("textDocument/hover", &json!({}));
    assert!(
        answer["result"]["contents"]["value"].as_str().is_some_and(|text| text.contains("backs it up")),
        "{answer}"
    );
    fixture.leave();
}

#[test]
fn two_workspace_folders_are_two_sysplexes() {
    let text = |address: &str| {
        [
            ("sysplex.toml".to_owned(), "[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n".to_owned()),
            (
                "a.profile".to_owned(),
                format!("DEVICE VD VIRTUAL 0\nLINK VL VIRTUAL 0 VD\nHOME {address} VL\n"),
            ),
        ]
    };
    let (one, two) = (Folder::new(&[]), Folder::new(&[]));
    for (folder, address) in [(&one, "192.0.2.1"), (&two, "192.0.2.2")] {
        for (name, text) in text(address) {
            folder.write(&name, &text);
        }
    }
    let mut client = Client::connect_to_real();
    client.diagnosed = false;
    client.start_reading();
    client.greet(&one, json!({}), json!(null));
    let open = |client: &mut Client, folder: &Folder, address: &str| {
        client.open(&folder.uri("a.profile"), 1, &text(address)[1].1);
    };
    open(&mut client, &one, "192.0.2.1");
    let symbols = |client: &mut Client| {
        let answer = client.call("workspace/symbol", json!({ "query": "192.0.2" }));
        let list = answer["result"].as_array().expect("symbols").clone();
        let mut names: Vec<String> =
            list.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(symbols(&mut client), ["192.0.2.1"]);
    let event = json!({ "added": [{ "uri": two.uri(""), "name": "two" }], "removed": [] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    open(&mut client, &two, "192.0.2.2");
    assert_eq!(symbols(&mut client), ["192.0.2.1", "192.0.2.2"]);
    let event = json!({ "added": [], "removed": [{ "uri": one.uri(""), "name": "test" }] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    client.close(&one.uri("a.profile"));
    assert_eq!(symbols(&mut client), ["192.0.2.2"]);
    client.leave();
}
