//! Files that come, go and get other names while somebody works, and folders with names that have to be encoded.

use serde_json::{Value, json};

use super::client::{Client, Folder};

const DESCRIPTION: &str = "\
[sysplex]
name = \"PLEX1\"
includes = { \"USER.PARMS\" = \"parms/\" }

[[stack]]
name = \"TCPIP1\"
system = \"MVS1\"
profile = \"mvs1.profile\"

[[stack]]
name = \"TCPIP2\"
system = \"MVS2\"
profile = \"mvs2.profile\"
";
const FIRST: &str =
    "INCLUDE USER.PARMS(A)\nVIPADYNAMIC\n  VIPADEFINE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n";
const SECOND: &str = "VIPADYNAMIC\n  VIPABACKUP 10 203.0.113.1\nENDVIPADYNAMIC\n";
const MEMBER: &str = "SOMAXCON 10\n";
const MISSPELT: &str = "SOMAXCON is no statement";
const NO_FILE: &str = "INCLUDE USER.PARMS(A): no file is known";

fn client() -> Client {
    let mut client = Client::connect_to_real();
    client.diagnosed = false;
    client.start_reading();
    client
}

/// What is found in a file now: whether one of its messages begins like this.
fn finds(client: &mut Client, uri: &str, words: &str) -> bool {
    let id = client.pull(uri);
    let answer = client.answer(id);
    let items = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{uri}: {answer}"));
    items.iter().any(|item| item["message"].as_str().is_some_and(|message| message.starts_with(words)))
}

fn told(client: &mut Client, changes: &[(&str, u8)]) {
    let changes: Vec<Value> = changes.iter().map(|(uri, kind)| json!({ "uri": uri, "type": kind })).collect();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

const CREATED: u8 = 1;
const DELETED: u8 = 3;

#[test]
fn what_is_moved_on_disk_is_looked_for_again() {
    let folder = Folder::new(&[
        ("Jörgs plex (1)/sysplex.toml", DESCRIPTION),
        ("Jörgs plex (1)/mvs1.profile", FIRST),
        ("Jörgs plex (1)/mvs2.profile", SECOND),
        ("Jörgs plex (1)/parms/A", MEMBER),
    ]);
    let name = |name: &str| format!("Jörgs plex (1)/{name}");
    let mut client = client();
    client.greet(&folder, json!({}), json!(null));
    let [first, second, member, other, description, parms, parted] =
        ["mvs1.profile", "mvs2.profile", "parms/A", "parms/B", "sysplex.toml", "parms", "parts"]
            .map(|file| folder.uri(&name(file)));
    let rename = |from: &str, to: &str| {
        std::fs::rename(folder.path(&name(from)), folder.path(&name(to))).expect("a folder of our own");
    };
    client.open(&first, 1, FIRST);
    assert!(finds(&mut client, &member, MISSPELT));
    assert!(!finds(&mut client, &first, NO_FILE));

    rename("parms/A", "parms/B");
    told(&mut client, &[(&member, DELETED), (&other, CREATED)]);
    assert!(finds(&mut client, &first, NO_FILE));
    rename("parms/B", "parms/A");
    told(&mut client, &[(&other, DELETED), (&member, CREATED)]);
    assert!(!finds(&mut client, &first, NO_FILE) && finds(&mut client, &member, MISSPELT));

    // Some clients tell of the folder alone.
    rename("parms", "parts");
    told(&mut client, &[(&parms, DELETED), (&parted, CREATED)]);
    assert!(finds(&mut client, &first, NO_FILE));
    rename("parts", "parms");
    told(&mut client, &[(&parted, DELETED), (&parms, CREATED)]);
    assert!(!finds(&mut client, &first, NO_FILE));

    rename("mvs2.profile", "gone");
    told(&mut client, &[(&second, DELETED)]);
    assert!(finds(&mut client, &description, "profile mvs2.profile of TCPIP2 cannot be read"));
    rename("gone", "mvs2.profile");
    told(&mut client, &[(&second, CREATED)]);
    assert!(!finds(&mut client, &description, "profile"));

    // The text in the editor counts, whatever becomes of its file.
    folder.remove(&name("mvs1.profile"));
    told(&mut client, &[(&first, DELETED)]);
    assert!(!finds(&mut client, &description, "profile"));
    client.edit(&first, 2, Some([0, 0, 0, 0]), "SOMAXCON 7\n");
    assert!(finds(&mut client, &first, MISSPELT));
    client.close(&first);
    client.open(&second, 1, SECOND);
    assert!(finds(&mut client, &description, "profile mvs1.profile of TCPIP1 cannot be read"));
    client.leave();
}

#[test]
fn a_description_that_is_made_while_its_profiles_are_open() {
    let folder = Folder::new(&[("mvs1.profile", FIRST), ("mvs2.profile", SECOND), ("parms/A", MEMBER)]);
    let mut client = client();
    client.greet(&folder, json!({}), json!(null));
    let [first, second, description] =
        ["mvs1.profile", "mvs2.profile", "sysplex.toml"].map(|file| folder.uri(file));
    client.open(&first, 1, FIRST);
    client.open(&second, 1, SECOND);
    assert!(finds(&mut client, &first, NO_FILE), "alone, nobody tells where the data set is");
    let at = json!({ "textDocument": { "uri": second }, "position": { "line": 1, "character": 20 } });
    let answer = client.call("textDocument/definition", at.clone());
    assert_eq!(answer["result"][0]["uri"], json!(second), "alone, nobody else has it");
    // Typed and not yet saved, then saved, then gone.
    client.open(&description, 1, DESCRIPTION);
    assert!(!finds(&mut client, &first, NO_FILE));
    assert_eq!(client.call("textDocument/definition", at.clone())["result"][0]["uri"], json!(first));
    folder.write("sysplex.toml", DESCRIPTION);
    told(&mut client, &[(&description, CREATED)]);
    client.close(&description);
    assert_eq!(client.call("textDocument/definition", at)["result"][0]["uri"], json!(first));
    folder.remove("sysplex.toml");
    told(&mut client, &[(&description, DELETED)]);
    assert!(finds(&mut client, &first, NO_FILE));
    client.leave();
}

#[test]
fn a_rename_goes_by_what_is_not_yet_saved() {
    let folder = Folder::new(&[
        ("sysplex.toml", DESCRIPTION),
        ("mvs1.profile", FIRST),
        ("mvs2.profile", SECOND),
        ("parms/A", MEMBER),
    ]);
    let mut client = client();
    client.greet(&folder, json!({}), json!(null));
    let [first, second] = ["mvs1.profile", "mvs2.profile"].map(|file| folder.uri(file));
    client.open(&first, 1, FIRST);
    client.open(&second, 1, SECOND);
    client.edit(&second, 2, Some([0, 0, 0, 0]), "; not saved\n; yet\n");
    // In the same moment as the question.
    client.edit(&first, 2, Some([0, 0, 1, 0]), "");
    let answer = client.call(
        "textDocument/rename",
        json!({ "textDocument": { "uri": first }, "position": { "line": 1, "character": 30 }, "newName": "203.0.113.9" }),
    );
    let changes = &answer["result"]["changes"];
    assert_eq!(changes[&first][0]["range"]["start"], json!({ "line": 1, "character": 27 }), "{answer}");
    assert_eq!(changes[&second][0]["range"]["start"], json!({ "line": 3, "character": 16 }), "{answer}");
    client.leave();
}

#[test]
fn drives_and_servers_of_windows() {
    let folder = Folder::new(&[]);
    let mut client = client();
    client.greet(&folder, json!({}), json!(null));
    // Each client has its own way to write a drive; answers go by the way in which a document was opened.
    let sysplexes = [
        ["file:///c%3A/Users/J%C3%B6rg/My%20Plex/", "file:///C:/Users/J%C3%B6rg/My%20Plex/"],
        ["file://server/share/plex/", "file://server/share/plex/"],
    ];
    for [one, two] in sysplexes {
        let description = format!("{one}sysplex.toml");
        let [first, second, member] =
            [format!("{one}mvs1.profile"), format!("{two}mvs2.profile"), format!("{two}parms/A")];
        client.open(&description, 1, DESCRIPTION);
        client.open(&first, 1, FIRST);
        client.open(&second, 1, SECOND);
        client.open(&member, 1, MEMBER);
        assert!(!finds(&mut client, &description, "profile"), "{one}");
        assert!(!finds(&mut client, &first, NO_FILE), "{one}");
        assert!(finds(&mut client, &member, MISSPELT), "{one}");
        let at = json!({ "textDocument": { "uri": second }, "position": { "line": 1, "character": 20 } });
        let answer = client.call("textDocument/definition", at);
        assert_eq!(answer["result"][0]["uri"], json!(first), "{answer}");
    }
    client.leave();
}
