//! One text that several stacks read: what is wrong with it is told once, with the stacks that it is wrong for.

use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, here, plex};
use crate::tests::client::{Client, Folder, Published};
use crate::tests::fixture::Fixture;

fn pull(fixture: &mut Fixture, name: &str) -> Vec<Value> {
    let uri = fixture.uri(name);
    let id = fixture.client().pull(&uri);
    fixture.client().answer(id)["result"]["items"].as_array().expect("diagnostics").clone()
}

fn stacks(found: &[Value], code: &str) -> Vec<String> {
    let of_rule = found.iter().filter(|one| one["code"] == code);
    of_rule.map(|one| one["message"].as_str().unwrap().lines().last().unwrap().to_owned()).collect()
}

#[test]
fn a_finding_of_all_stacks_is_told_once_and_names_them() {
    let mut fixture = Fixture::new(&plex(OWNER, BACKUP, &here("SOMAXCON 100\n")));
    let found = pull(&mut fixture, "parms/ALL");
    assert_eq!(stacks(&found, "unknown-statement"), ["Stacks: TCPIP1, TCPIP2, TCPIP3"], "{found:?}");
    fixture.leave();
}

#[test]
fn a_finding_of_one_stack_alone_names_it() {
    let text = plex(OWNER, BACKUP, &here("SOMAXCONN 1&SYSCLONE.\n"))
        .replace("{ SYSCLONE = \"03\" }", "{ OTHER = \"03\" }");
    let mut fixture = Fixture::new(&text);
    let found = pull(&mut fixture, "parms/ALL");
    assert_eq!(stacks(&found, "unexpected-token"), ["Stack: TCPIP3"], "{found:?}");
    fixture.leave();
}

#[test]
fn a_profile_of_one_stack_need_not_name_it() {
    let mut fixture = Fixture::new(&plex(&here(&format!("{OWNER}SOMAXCON 100\n")), BACKUP, "; nothing\n"));
    let found = pull(&mut fixture, "mvs1.profile");
    let all: Vec<String> = stacks(&found, "unknown-statement");
    assert!(all.len() == 1 && !all[0].starts_with("Stack"), "{all:?}");
    fixture.leave();
}

#[test]
fn thirty_two_stacks_of_one_profile() {
    let stack = |number: u32| {
        format!(
            "[[stack]]\nname = \"TCPIP{number}\"\nsystem = \"MVS{number}\"\nprofile = \"all.profile\"\nsymbols = {{ NO = \"{number}\" }}\n"
        )
    };
    let stacks: String = (1..=32).map(stack).collect();
    let profile = "\
IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.0.0.&NO. 255.255.255.0 1
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.&NO.
  VIPABACKUP &NO. 198.51.100.1
ENDVIPADYNAMIC
SOMAXCON 10
";
    let folder = Folder::new(&[
        ("sysplex.toml", &format!("[sysplex]\nname = \"PLEX1\"\n{stacks}")),
        ("all.profile", profile),
    ]);
    let mut client = Client::connect_to_real();
    client.diagnosed = false;
    client.start_reading();
    client.greet(&folder, json!({}), json!(null));
    let uri = folder.uri("all.profile");
    client.open(&uri, 1, profile);
    let id = client.pull(&uri);
    let found = client.answer(id)["result"]["items"].as_array().expect("diagnostics").clone();
    let misspelt: Vec<&Value> = found.iter().filter(|one| one["code"] == "unknown-statement").collect();
    assert_eq!(misspelt.len(), 1);
    assert_eq!(misspelt[0]["message"].as_str().unwrap().matches("TCPIP").count(), 32);
    let document = json!({ "textDocument": { "uri": uri } });
    let titles: Vec<String> = client.call("textDocument/codeLens", document)["result"]
        .as_array()
        .expect("lenses")
        .iter()
        .map(|lens| lens["command"]["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        titles,
        [
            "differs on 32 stacks".to_owned(),
            "no VIPADEFINE, backups TCPIP32 then TCPIP31 then TCPIP30 then TCPIP29 and 28 more".to_owned(),
        ]
    );
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let hints =
        client.call("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": range }));
    let labels: Vec<String> = hints["result"]
        .as_array()
        .expect("hints")
        .iter()
        .map(|hint| hint["label"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        labels,
        [
            "32 values on 32 stacks",
            "/24",
            "MOVEABLE IMMEDIATE",
            "/24",
            "32 values on 32 stacks",
            "32 values on 32 stacks",
            "no VIPADEFINE",
        ]
    );
    client.leave();
}

/// A member of more stacks than can all be looked at before somebody notices: the first is heard at once, the others follow.
#[test]
fn the_first_of_many_stacks_is_heard_before_the_others() {
    let stack = |number: u32| {
        format!("[[stack]]\nname = \"TCPIP{number}\"\nsystem = \"MVS{number}\"\nprofile = \"all.profile\"\n")
    };
    let stacks: String = (1..=9).map(stack).collect();
    let before = "SOMAXCON 10\n";
    let folder = Folder::new(&[
        ("sysplex.toml", &format!("[sysplex]\nname = \"PLEX1\"\n{stacks}")),
        ("all.profile", before),
    ]);
    let mut client = Client::connect_to_real();
    client.start_reading();
    client.greet(&folder, json!({}), json!(null));
    let uri = folder.uri("all.profile");
    let told = |published: &Published| -> Vec<(u64, String)> {
        let all = published.diagnostics.iter().filter(|one| one["code"] == "unknown-statement");
        let one = |one: &Value| {
            let message = one["message"].as_str().unwrap().lines().last().unwrap().to_owned();
            (one["range"]["start"]["line"].as_u64().unwrap(), message)
        };
        all.map(one).collect()
    };
    let all = "Stacks: TCPIP1, TCPIP2, TCPIP3, TCPIP4, TCPIP5, TCPIP6, TCPIP7, TCPIP8, TCPIP9";
    client.open(&uri, 1, before);
    assert_eq!(told(&client.published(&uri)), [(0, all.to_owned())]);
    client.edit(&uri, 2, None, &format!("{before}ARPAG 5\n"));
    // What was known of the other stacks stays, and nothing goes and comes again.
    let first = client.published(&uri);
    assert_eq!(told(&first), [(0, all.to_owned()), (1, "Stack: TCPIP1".to_owned())]);
    let second = client.published(&uri);
    assert_eq!(told(&second), [(0, all.to_owned()), (1, all.to_owned())]);
    assert_eq!((first.version, second.version), (Some(2), Some(2)));
    client.leave();
}
