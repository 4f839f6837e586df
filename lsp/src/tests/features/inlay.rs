use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, SHARED, here, plex};
use crate::tests::client::{Client, Folder};
use crate::tests::fixture::Fixture;

fn everywhere() -> Value {
    json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } } })
}

/// The records that have hints, with the hints in brackets.
pub(in crate::tests) fn with_hints(text: &str, hints: &Value) -> Vec<String> {
    let mut lines: Vec<(String, bool)> = text.lines().map(|line| (line.to_owned(), false)).collect();
    let mut hints: Vec<&Value> = hints.as_array().expect("hints").iter().collect();
    hints.reverse();
    for hint in hints {
        let number = |what: &str| hint["position"][what].as_u64().expect("a position") as usize;
        let (line, hinted) = &mut lines[number("line")];
        line.insert_str(number("character"), &format!("[{}]", hint["label"].as_str().expect("a label")));
        *hinted = true;
    }
    lines.into_iter().filter(|(_, hinted)| *hinted).map(|(line, _)| line).collect()
}

fn check(text: &str, name: &str, expected: &[&str]) -> Value {
    let mut fixture = Fixture::new(text);
    let answer = fixture.ask("textDocument/inlayHint", &everywhere());
    assert_eq!(with_hints(fixture.text(name), &answer["result"]), expected, "{answer}");
    fixture.leave();
    answer["result"].clone()
}

#[test]
fn masks_defaults_and_targets_on_the_owner() {
    check(
        &plex(&here(OWNER), BACKUP, SHARED),
        "mvs1.profile",
        &[
            "IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.0.0.1 255.255.255.0[/24] 1",
            "  VIPADEFINE[MOVEABLE IMMEDIATE] 255.255.255.0[/24] 203.0.113.1",
            "  VIPADISTRIBUTE[DISTMETHOD BASEWLM] 203.0.113.1 PORT 443 DESTIP 10.0.0.2[TCPIP2] 10.0.0.3[TCPIP3]",
            "  VIPADISTRIBUTE DISTMETHOD WEIGHTEDACTIVE 203.0.113.1[every port that a server binds]",
            "    DESTIP 10.0.0.3[TCPIP3] WEIGHT 20 10.0.0.2[WEIGHT 10][TCPIP2]",
        ],
    );
}

#[test]
fn a_backup_has_its_place_in_the_chain_and_its_owner() {
    let hints = check(
        &plex(OWNER, &here(BACKUP), SHARED),
        "mvs2.profile",
        &[
            "IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.0.0.2 255.255.255.0[/24] 1",
            "  VIPABACKUP 100 203.0.113.1[1st of 2 backups, owner TCPIP1]",
        ],
    );
    assert_eq!(hints[1]["tooltip"], "203.0.113.1: owner TCPIP1, backups TCPIP2 then TCPIP3");
}

#[test]
fn symbols_in_a_member_that_several_stacks_read() {
    let shared = "INTERFACE OSA&SYSCLONE. DEFINE IPAQENET PORTNAME OSA1 IPADDR 10.1.&SYSCLONE..7/24\n";
    let hints = check(
        &plex(OWNER, BACKUP, &here(shared)),
        "parms/ALL",
        &[
            "INTERFACE OSA&SYSCLONE.[3 values on 3 stacks] DEFINE IPAQENET PORTNAME OSA1 IPADDR 10.1.&SYSCLONE..7/24[3 values on 3 stacks]",
        ],
    );
    assert_eq!(hints[0]["tooltip"], "TCPIP1: OSA01\nTCPIP2: OSA02\nTCPIP3: OSA03");
    // One stack alone has one value.
    let own = OWNER.replace("SYSPLEXROUTING", "SYSPLEXROUTING SOURCEVIPA\nSOMAXCONN &SYSCLONE.\nIPCONFIG");
    check(
        &plex(&here(&own), BACKUP, SHARED),
        "mvs1.profile",
        &[
            "SOMAXCONN &SYSCLONE.[= 01]",
            "IPCONFIG DYNAMICXCF 10.0.0.1 255.255.255.0[/24] 1",
            "  VIPADEFINE[MOVEABLE IMMEDIATE] 255.255.255.0[/24] 203.0.113.1",
            "  VIPADISTRIBUTE[DISTMETHOD BASEWLM] 203.0.113.1 PORT 443 DESTIP 10.0.0.2[TCPIP2] 10.0.0.3[TCPIP3]",
            "  VIPADISTRIBUTE DISTMETHOD WEIGHTEDACTIVE 203.0.113.1[every port that a server binds]",
            "    DESTIP 10.0.0.3[TCPIP3] WEIGHT 20 10.0.0.2[WEIGHT 10][TCPIP2]",
        ],
    );
}

#[test]
fn a_shared_backup_says_who_owns_it_once() {
    let shared = "VIPADYNAMIC\n  VIPABACKUP 9 203.0.113.9\nENDVIPADYNAMIC\n";
    check(&plex(OWNER, BACKUP, &here(shared)), "parms/ALL", &["  VIPABACKUP 9 203.0.113.9[no VIPADEFINE]"]);
}

#[test]
fn kinds_can_be_turned_off_and_on_while_it_runs() {
    let folder = Folder::new(&[]);
    let mut client = Client::connect_to_real();
    client.diagnosed = false;
    client.start_reading();
    client.greet(&folder, json!({}), json!({ "inlayHints": { "masks": false } }));
    let uri = folder.uri("a.profile");
    client.open(&uri, 1, "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n");
    let ask = |client: &mut Client| {
        let mut params = everywhere();
        params["textDocument"] = json!({ "uri": uri });
        let answer = client.call("textDocument/inlayHint", params);
        answer["result"]
            .as_array()
            .expect("hints")
            .iter()
            .map(|hint| hint["label"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ask(&mut client), ["MOVEABLE IMMEDIATE"]);
    let settings = json!({ "settings": { "vipa": { "inlayHints": { "defaults": false } } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(ask(&mut client), ["/24"]);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "vipa": { "inlayHints": false } } }),
    );
    assert_eq!(ask(&mut client), [""; 0]);
    client.leave();
}
