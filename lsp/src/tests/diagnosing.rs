//! Who hears what of which file.

use serde_json::{Value, json};

use super::client::{Client, Folder};

const WRONG: &str = "SOURECEIPA DVA1\n";
const WORDS: [&str; 1] = ["SOURECEIPA is no statement"];
const NOTHING: [&str; 0] = [];

#[test]
fn a_misspelt_statement_is_told_and_its_mending_too() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    let uri = folder.uri("mvs1.profile");
    client.open(&uri, 1, "; 😀\r\n  SOURECEIPA DVA1\r\n");
    let published = client.published(&uri);
    assert_eq!((published.version, published.messages()), (Some(1), WORDS.to_vec()));
    let range = json!({ "start": { "line": 1, "character": 2 }, "end": { "line": 1, "character": 12 } });
    let diagnostic = &published.diagnostics[0];
    assert_eq!((&diagnostic["range"], &diagnostic["code"]), (&range, &json!("unknown-statement")));
    assert_eq!((&diagnostic["severity"], &diagnostic["source"]), (&json!(1), &json!("vipa")));
    client.edit(&uri, 2, Some([1, 2, 1, 12]), "SOURCEIPA");
    assert_eq!(client.published(&uri), super::client::Published { version: Some(2), diagnostics: vec![] });
    client.leave();
}

#[test]
fn every_file_of_the_sysplex_is_told_open_or_not() {
    let folder = Folder::new(&[
        ("sysplex.toml", "profile = \"tcpip1.profile\"\nprofile = \"tcpip2.profile\"\n"),
        ("tcpip1.profile", "INCLUDE shared\n"),
        ("tcpip2.profile", WRONG),
        ("shared", WRONG),
    ]);
    let mut client = Client::start(&folder);
    let [first, second, shared] = ["tcpip1.profile", "tcpip2.profile", "shared"].map(|name| folder.uri(name));
    client.open(&first, 1, "INCLUDE shared\n");
    assert_eq!(client.published(&first).messages(), NOTHING);
    let other = client.published(&second);
    assert_eq!((other.version, other.messages()), (None, WORDS.to_vec()));
    // The places that explain it are in another file.
    assert_eq!(
        other.diagnostics[0]["relatedInformation"][0]["location"]["uri"],
        json!(folder.uri("sysplex.toml"))
    );
    assert_eq!(client.published(&shared).messages(), WORDS);

    // Opened, the editor's text counts; what it says about the others stays.
    client.open(&shared, 7, "fine\n");
    let opened = client.published(&shared);
    assert_eq!((opened.version, opened.messages()), (Some(7), NOTHING.to_vec()));
    // Closed, the file counts again.
    client.close(&shared);
    let closed = client.published(&shared);
    assert_eq!((closed.version, closed.messages()), (None, WORDS.to_vec()));
    // A file that no longer takes part has nothing to say.
    client.edit(&first, 2, None, "");
    client.published_for(&first, 2);
    assert_eq!(client.published(&shared).messages(), NOTHING);
    client.changed_on_disk(&[&folder.uri("tcpip2.profile")]);
    client.leave();
}

#[test]
fn a_profile_alone_is_its_own_stack_until_a_sysplex_takes_it_in() {
    let folder = Folder::new(&[("a.profile", WRONG), ("b.profile", WRONG)]);
    let mut client = Client::start(&folder);
    let [a, b, description] = ["a.profile", "b.profile", "sysplex.toml"].map(|name| folder.uri(name));
    client.open(&a, 1, WRONG);
    assert_eq!(client.published(&a).messages(), WORDS);
    // A description comes to be in the editor, and names both.
    client.open(&description, 1, "profile = \"a.profile\"\nprofile = \"b.profile\"\n");
    assert_eq!(client.published(&description).messages(), NOTHING);
    assert_eq!(client.published(&b).messages(), WORDS);
    // Once, not cleared in between: the sysplex knows more about it.
    assert_eq!(client.published(&a).diagnostics[0]["relatedInformation"][0]["message"], "described here");
    // Gone again without ever having been a file: what it brought in is cleared.
    client.close(&description);
    let gone = client.published(&b);
    assert_eq!((gone.version, gone.messages()), (None, NOTHING.to_vec()));
    assert_eq!(client.published(&a).diagnostics[0]["relatedInformation"], json!(null));
    assert_eq!(client.close_and_hear(&a).messages(), NOTHING);
    client.leave();
}

#[test]
fn a_description_on_disk_comes_and_goes() {
    let folder = Folder::new(&[("plex/a.profile", WRONG), ("plex/b.profile", WRONG)]);
    let mut client = Client::start(&folder);
    let [a, b, description] =
        ["plex/a.profile", "plex/b.profile", "plex/sysplex.toml"].map(|name| folder.uri(name));
    client.open(&a, 1, "fine");
    assert_eq!(client.published(&a).messages(), NOTHING);
    folder.write("plex/sysplex.toml", "profile = \"a.profile\"\nprofile = \"b.profile\"\n");
    client.changed_on_disk(&[&description]);
    assert_eq!(client.published(&b).messages(), WORDS);
    folder.write("plex/b.profile", "SOURECEIPA\nSOURECEIPA\n");
    client.changed_on_disk(&[&b]);
    assert_eq!(client.published(&b).messages().len(), 2);
    folder.remove("plex/sysplex.toml");
    client.changed_on_disk(&[&description]);
    assert_eq!(client.published(&b).messages(), NOTHING);
    client.leave();
}

#[test]
fn several_sysplexes_at_once() {
    let folder = Folder::new(&[
        ("one/sysplex.toml", "profile = \"a\"\nprofile = \"../shared\"\n"),
        ("two/sysplex.toml", "profile = \"a\"\nprofile = \"../shared\"\n"),
        ("one/a", ""),
        ("two/a", WRONG),
        ("shared", WRONG),
    ]);
    let mut client = Client::start(&folder);
    let [one, two, shared] = ["one/a", "two/a", "shared"].map(|name| folder.uri(name));
    client.open(&one, 1, "");
    assert_eq!(client.published(&one).messages(), NOTHING);
    assert_eq!(client.published(&shared).messages(), WORDS);
    client.open(&two, 1, WRONG);
    assert_eq!(client.published(&two).messages(), WORDS);
    // Each sysplex has found it, in its own words; the client sees both and can tell them apart.
    let both = client.published(&shared);
    let described = |at: usize| both.diagnostics[at]["relatedInformation"][0]["location"]["uri"].clone();
    let descriptions = ["one/sysplex.toml", "two/sysplex.toml"].map(|name| json!(folder.uri(name)));
    assert_eq!([described(0), described(1)], descriptions);
    client.leave();
}

#[test]
fn companions_of_a_profile_are_no_stacks() {
    let folder = Folder::new(&[("sysplex.toml", "profile = \"a\"\n"), ("a", "")]);
    let mut client = Client::start(&folder);
    client.open(&folder.uri("takeover.scenario"), 1, WRONG);
    client.open(&folder.uri("a"), 1, "");
    // The scenario was there first: had it been taken for a stack, it would have findings.
    assert_eq!(client.published(&folder.uri("a")).messages(), NOTHING);
    assert_eq!(client.published(&folder.uri("takeover.scenario")).messages(), NOTHING);
    client.leave();
}

#[test]
fn a_document_without_a_file() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    client.open("untitled:Untitled-1", 1, WRONG);
    assert_eq!(client.published("untitled:Untitled-1").messages(), WORDS);
    client.close("untitled:Untitled-1");
    assert_eq!(client.published("untitled:Untitled-1").messages(), NOTHING);
    client.leave();
}

#[test]
fn a_member_on_the_host() {
    let folder = Folder::new(&[]);
    let mut client = Client::start(&folder);
    // As an editor names what it reads from a data set.
    let uri = "zowe-ds:/zosmf/USER.TCPPARMS/PROFILE";
    client.open(uri, 1, WRONG);
    assert_eq!(client.published(uri).messages(), WORDS);
    client.edit(uri, 2, None, "SOURCEIPA");
    assert_eq!(client.published_for(uri, 2).messages(), NOTHING);
    client.close(uri);
    client.leave();
}

fn items(answer: &Value) -> Vec<&str> {
    let items = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
    items.iter().map(|item| item["message"].as_str().unwrap()).collect()
}

#[test]
fn a_client_that_pulls_is_not_pushed_the_same() {
    let folder =
        Folder::new(&[("sysplex.toml", "profile = \"a\"\nprofile = \"b\"\n"), ("a", WRONG), ("b", WRONG)]);
    let capabilities = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let (mut client, answer) = Client::start_with(&folder, capabilities, json!(null));
    assert_eq!(answer["capabilities"]["diagnosticProvider"]["interFileDependencies"], json!(true));
    client.answers = false;
    let [a, b] = ["a", "b"].map(|name| folder.uri(name));
    client.open(&a, 1, WRONG);
    // Not open, so nobody pulls it.
    assert_eq!(client.published(&b).messages(), WORDS);
    let id = client.pull(&a);
    let answer = client.answer(id);
    assert_eq!((items(&answer), &answer["result"]["kind"]), (WORDS.to_vec(), &json!("full")));
    // The answer sees every edit before the question, and none is pushed.
    client.probe.hold();
    client.edit(&a, 2, None, "SOURECEIPA SOURECEIPA");
    let id = client.pull(&a);
    // Messages are taken in order: behind this answer, the question is in the owner's channel.
    client.call("vipa/unknown", json!({}));
    client.probe.release();
    assert_eq!(items(&client.answer(id)).len(), 2);
    // Opening takes the pushed ones back.
    client.open(&b, 1, WRONG);
    assert_eq!(client.published(&b).messages(), NOTHING);
    let id = client.pull(&b);
    assert_eq!(items(&client.answer(id)), WORDS);
    // What changes behind the client's back makes it ask again.
    client.edit(&a, 3, None, "");
    client.told("workspace/diagnostic/refresh");
    let id = client.pull(&a);
    assert_eq!(items(&client.answer(id)), NOTHING);
    client.close(&b);
    assert_eq!(client.published(&b).messages(), WORDS);
    client.leave();
}

#[test]
fn a_client_that_asks_for_all_files_gets_them_and_nothing_is_pushed() {
    let folder =
        Folder::new(&[("sysplex.toml", "profile = \"a\"\nprofile = \"b\"\n"), ("a", WRONG), ("b", WRONG)]);
    let capabilities = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let (mut client, answer) = Client::start_with(&folder, capabilities, json!(null));
    assert_eq!(answer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], json!(true));
    let [a, b] = ["a", "b"].map(|name| folder.uri(name));
    client.open(&a, 1, WRONG);
    assert_eq!(client.published(&b).messages(), WORDS);
    let all = |client: &mut Client, known: &[Value]| {
        let params = json!({ "identifier": "vipa", "previousResultIds": known });
        let answer = client.call("workspace/diagnostic", params);
        answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    };
    let first = all(&mut client, &[]);
    let short = |items: &[Value]| -> Vec<(String, String, usize)> {
        let one = |item: &Value| {
            let name = item["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            let count = item["items"].as_array().map_or(0, Vec::len);
            (name, item["kind"].as_str().unwrap().to_owned(), count)
        };
        items.iter().map(one).collect()
    };
    let full = |name: &str, count| (name.to_owned(), "full".to_owned(), count);
    assert_eq!(short(&first), [full("a", 1), full("b", 1)]);
    // What was pushed is taken back: the client has it twice otherwise.
    assert_eq!(client.published(&b).messages(), NOTHING);
    let known: Vec<Value> =
        first.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let same = |name: &str| (name.to_owned(), "unchanged".to_owned(), 0);
    assert_eq!(short(&all(&mut client, &known)), [same("a"), same("b")]);
    // A file that is right again is told once more, empty.
    folder.write("b", "");
    client.changed_on_disk(&[&b]);
    assert_eq!(short(&all(&mut client, &known)), [same("a"), full("b", 0)]);
    client.leave();
}

#[test]
fn settings_compile_anew() {
    let folder = Folder::new(&[]);
    let (mut client, _) = Client::start_with(&folder, json!({}), json!({ "dialect": "zos" }));
    let uri = folder.uri("a");
    client.open(&uri, 1, WRONG);
    assert_eq!(client.published(&uri).messages(), ["SOURECEIPA is no statement (Zos)"]);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "vipa": { "dialect": "founding" } } }),
    );
    assert_eq!(client.published(&uri).messages(), ["SOURECEIPA is no statement (Founding)"]);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "vipa": { "dialect": 7 } } }));
    let message = client.told("window/logMessage");
    assert!(message["message"].as_str().unwrap().contains("settings of \"vipa\""), "{message}");
    client.leave();
}
