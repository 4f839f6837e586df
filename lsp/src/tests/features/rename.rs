#![allow(clippy::disallowed_methods, reason = "files are made read-only and EBCDIC here")]

use serde_json::{Value, json};

use super::webplex::{PLEX, at, changed};
use crate::tests::fixture::Fixture;

/// The lines that a rename changes, in the order of files.
#[track_caller]
fn check(fixture: &str, new: &str, expected: &[(&str, &str)]) {
    let mut fixture = Fixture::new(fixture);
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": new }));
    assert!(answer.get("error").is_none(), "{answer}");
    let mut lines: Vec<(String, String)> = Vec::new();
    for name in fixture.names() {
        let after = fixture.edited(&answer["result"], &name);
        let both = fixture.text(&name).lines().zip(after.lines());
        lines.extend(
            both.filter(|(old, new)| old != new).map(|(_, new)| (name.to_owned(), new.trim().to_owned())),
        );
    }
    let lines: Vec<(&str, &str)> = lines.iter().map(|(name, line)| (name.as_str(), line.as_str())).collect();
    assert_eq!(lines, expected);
    fixture.leave();
}

#[track_caller]
fn check_refused(fixture: &str, new: &str, why: &str) {
    let mut fixture = Fixture::new(fixture);
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": new }));
    assert_eq!(answer["error"]["message"], why, "{answer}");
    assert_eq!(answer["error"]["code"], -32803);
    fixture.leave();
}

/// What a rename of the DVIPA changes in the sysplex.
const RENAMED: [(&str, &str); 8] = [
    ("one.profile", "VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.5"),
    ("one.profile", "VIPADISTRIBUTE DEFINE 203.0.113.5 PORT 80 443 DESTIP 10.0.0.2 10.0.0.3"),
    ("one.profile", "80 TCP WEBSRV BIND 203.0.113.5"),
    ("one.profile", "JOBNAME WEBSRV 203.0.113.5"),
    ("two.profile", "VIPABACKUP 100 203.0.113.5"),
    ("three.profile", "VIPABACKUP 50 203.0.113.5"),
    ("web.scenario", "TCPIP1 WEBSRV listen 203.0.113.5:80 as server"),
    ("web.scenario", "expect owner 203.0.113.5 = TCPIP1"),
];

#[test]
fn a_dvipa_in_all_files() {
    check(&at("two.profile", "203.0.113.1", 3), "203.0.113.5", &RENAMED);
}

/// Files that no stack reads.
const BESIDE: &str = "\
//- ops/add.obey
VIPADYNAMIC
  VIPADELETE 203.0.113.1 ; not 203.0.113.1
  VIPADEFINE 255.255.255.0 203.0.113.1
ENDVIPADYNAMIC
PORT
  9000 TCP WEBSRV BIND 203.0.113.1
START OSA1
//- ops/steps.md
# 203.0.113.1 in words stays

```scenario
fail TCPIP1
expect owner 203.0.113.1 = TCPIP2
```
//- .git/old.scenario
expect owner 203.0.113.1 = TCPIP1
//- ops/takeover
; only its text tells what it is for
VIPADYNAMIC
  VIPADEL 203.0.113.1
ENDVIPADYNAMIC
//- copies/one
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.1
ENDVIPADYNAMIC
PORT
  80 UDP WEBSRV BIND 203.0.113.1
//- notes
DELETE 203.0.113.1 never: the shop has it
//- log.txt
203.0.113.1 was taken over
";

#[test]
fn scenarios_and_obeyfiles_follow() {
    let with = |name: &str, mark: &str| format!("{}{BESIDE}", at(name, mark, 1));
    let beside = [
        ("ops/add.obey", "VIPADELETE 203.0.113.5 ; not 203.0.113.1"),
        ("ops/add.obey", "VIPADEFINE 255.255.255.0 203.0.113.5"),
        ("ops/add.obey", "9000 TCP WEBSRV BIND 203.0.113.5"),
        ("ops/steps.md", "expect owner 203.0.113.5 = TCPIP2"),
        ("ops/takeover", "VIPADEL 203.0.113.5"),
    ];
    let owner = [&RENAMED[..], &beside[..]].concat();
    check(&with("one.profile", "203.0.113.1 PORT"), "203.0.113.5", &owner);
    // From each of them, too.
    check(&with("web.scenario", "203.0.113.1:80"), "203.0.113.5", &owner);
    let inside = BESIDE.replace("VIPADELETE 203", "VIPADELETE 2$003");
    check(&format!("{PLEX}{inside}"), "203.0.113.5", &owner);
    let inside = BESIDE.replace("expect owner 203.0.113.1 = TCPIP2", "expect owner 203.0$0.113.1 = TCPIP2");
    check(&format!("{PLEX}{inside}"), "203.0.113.5", &owner);
}

#[test]
fn a_job_in_scenarios_and_obeyfiles() {
    let inside = BESIDE.replace("TCP WEBSRV", "TCP WEB$0SRV");
    check(
        &format!("{PLEX}{inside}"),
        "HTTPD",
        &[
            ("sysplex.toml", "name = \"HTTPD\""),
            ("one.profile", "80 TCP HTTPD BIND 203.0.113.1"),
            ("one.profile", "JOBNAME HTTPD 203.0.113.1"),
            ("one.profile", "HTTPD"),
            ("web.scenario", "TCPIP1 HTTPD listen 203.0.113.1:80 as server"),
            ("ops/add.obey", "9000 TCP HTTPD BIND 203.0.113.1"),
        ],
    );
}

#[test]
fn what_each_stack_has_for_itself_is_renamed_in_its_profile() {
    let inside = BESIDE.replace("START OSA1", "START OS$0A1");
    check_refused(
        &format!("{PLEX}{inside}"),
        "OSAX",
        "OSA1 belongs to one stack, and which stack obeys add.obey is not known here: rename it in the profile",
    );
    // And a device that is renamed in a profile leaves the OBEYFILE alone.
    check(
        &format!("{}{BESIDE}", at("one.profile", "OSA1 MPCIPA", 0)),
        "OSAB",
        &[
            ("one.profile", "DEVICE OSAB MPCIPA"),
            ("one.profile", "LINK L1 IPAQENET OSAB"),
            ("one.profile", "START OSAB"),
        ],
    );
}

#[test]
fn an_unsaved_scenario_counts_as_it_stands_in_the_editor() {
    let mut fixture = Fixture::new(&at("one.profile", "203.0.113.1 PORT", 1));
    fixture.open("web.scenario");
    let uri = fixture.uri("web.scenario");
    fixture.client().edit(&uri, 2, None, "; 😀 203.0.113.1\nexpct owner 203.0.113.1 = TCPIP1\n");
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.5" }));
    let changes = answer["result"]["documentChanges"].as_array().expect("changes");
    let change = changes.iter().find(|change| change["textDocument"]["uri"] == uri).expect("a change");
    assert_eq!(change["textDocument"]["version"], 2);
    let range = json!({ "start": { "line": 1, "character": 12 }, "end": { "line": 1, "character": 23 } });
    assert_eq!(change["edits"], json!([{ "range": range, "newText": "203.0.113.5" }]));
    fixture.leave();
}

#[test]
fn sequence_numbers_stay_in_their_columns() {
    let numbered = |text: &str| {
        let lines = text.lines().zip(1..);
        lines.map(|(line, number)| format!("{line:72}{number:06}00\n")).collect::<String>()
    };
    let start = PLEX.find("//- two.profile\n").expect("it is there") + "//- two.profile\n".len();
    let end = start + PLEX[start..].find("//- ").expect("another");
    let text = format!("{}{}{}", &PLEX[..start], numbered(&PLEX[start..end]), &PLEX[end..]);
    let text = text.replacen("WEBSRV BIND 203", "WEBSRV BIND 2$003", 1);
    let mut fixture = Fixture::new(&text);
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.55" }));
    let after = fixture.edited(&answer["result"], "two.profile");
    let line = after.lines().find(|line| line.contains("VIPABACKUP")).expect("a backup");
    assert_eq!(line, format!("{:72}00000800", "  VIPABACKUP 100 203.0.113.55"));
    fixture.leave();
}

#[test]
fn a_device_of_one_stack_and_a_link_of_a_member() {
    check(
        &at("one.profile", "OSA1 MPCIPA", 0),
        "OSAB",
        &[
            ("one.profile", "DEVICE OSAB MPCIPA"),
            ("one.profile", "LINK L1 IPAQENET OSAB"),
            ("one.profile", "START OSAB"),
        ],
    );
    check(
        &at("parms/COMMON", "VDEV", 4),
        "VDEV2",
        &[("parms/COMMON", "DEVICE VDEV2 VIRTUAL 0"), ("parms/COMMON", "LINK VLINK VIRTUAL 0 VDEV2")],
    );
}

#[test]
fn a_job_in_profiles_and_description() {
    check(
        &at("one.profile", "WEBSRV BIND", 0),
        "HTTPD",
        &[
            ("sysplex.toml", "name = \"HTTPD\""),
            ("one.profile", "80 TCP HTTPD BIND 203.0.113.1"),
            ("one.profile", "JOBNAME HTTPD 203.0.113.1"),
            ("one.profile", "HTTPD"),
            ("web.scenario", "TCPIP1 HTTPD listen 203.0.113.1:80 as server"),
        ],
    );
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let one = "one.profile";
    check_refused(
        &at(one, "&NET", 2),
        "NETZ",
        "&NET is a system symbol: its name comes from the system, not from a profile",
    );
    check_refused(
        &at(one, "&NET..1", 6),
        "192.0.2.8",
        "192.0.2.1 is built with system symbols in one.profile:6: change the text there, or the symbol in sysplex.toml",
    );
    check_refused(
        &at(one, "WEB*", 1),
        "HTTP*",
        "WEB* is a pattern of job names: change it by hand where it should be another",
    );
    check_refused(
        &at(one, "SYS1.TCPPARMS", 1),
        "X",
        "SYS1.TCPPARMS(COMMON) is a data set: renaming it here would not rename it on the host",
    );
    check_refused(&at(one, "SYSPLEXROUTING", 1), "X", "there is no name here that could be changed");
    check_refused(
        &at(one, "203.0.113.1 PORT", 1),
        "203.0.113.999",
        "`203.0.113.999` cannot take the place of 203.0.113.1: it has to be an IPv4 address",
    );
    check_refused(
        &at(one, "OSA1 MPCIPA", 1),
        "A NAME",
        "`A NAME` cannot take the place of OSA1: it has to be a name of 1 to 16 characters without blanks",
    );
    check_refused(
        &at(one, "203.0.113.1 PORT", 1),
        "203.0.113.9",
        "there is an address 203.0.113.9 already, in one.profile:9",
    );
    check_refused(&at(one, "L1 IPAQENET", 1), "vlink", "there is a link VLINK already, in COMMON:2");
}

#[test]
fn a_file_that_cannot_be_written_keeps_all_names() {
    let mut fixture = Fixture::new(&at("one.profile", "203.0.113.1 PORT", 1));
    let path = fixture.path("two.profile");
    let mut permissions = std::fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("it is ours");
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.7" }));
    assert_eq!(answer["error"]["message"], "203.0.113.1 also stands in two.profile, which is read-only");
    fixture.leave();
}

#[test]
fn an_ebcdic_member_is_found_but_not_spoilt() {
    let (text, bytes) = with_ebcdic();
    let mut fixture = Fixture::with_bytes(&text, &[("three.profile", &bytes)]);
    let answer =
        fixture.ask("textDocument/references", &json!({ "context": { "includeDeclaration": true } }));
    let uris: Vec<String> = answer["result"]
        .as_array()
        .expect("places")
        .iter()
        .map(|place| fixture.name(place["uri"].as_str().expect("a URI")))
        .collect();
    assert!(uris.iter().any(|name| name == "three.profile"), "{answer}");
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.7" }));
    let why = answer["error"]["message"].as_str().expect("a reason");
    assert!(
        why.starts_with("203.0.113.1 also stands in three.profile, which is EBCDIC and not open"),
        "{why}"
    );
    fixture.leave();
    // All of them are named.
    let scenario: Vec<u8> =
        format!("{:80}", "expect owner 203.0.113.1 TCPIP1").into_bytes().into_iter().map(ebcdic).collect();
    let files: [(&str, &[u8]); 2] = [("three.profile", &bytes), ("web.scenario", &scenario)];
    let mut fixture = Fixture::with_bytes(&at("one.profile", "203.0.113.1 PORT", 1), &files);
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.7" }));
    let why = answer["error"]["message"].as_str().expect("a reason");
    assert!(why.contains("three.profile and web.scenario, which are EBCDIC and not open"), "{why}");
    fixture.leave();
}

/// Three profiles, of which the last is a data set as it comes off the host; and a scenario.
fn with_ebcdic() -> (String, Vec<u8>) {
    let records = ["VIPADYNAMIC", " VIPABACKUP 50 203.0.113.1", "ENDVIPADYNAMIC"];
    let bytes = records.iter().flat_map(|record| format!("{record:80}").into_bytes()).map(ebcdic).collect();
    (at("one.profile", "203.0.113.1 PORT", 1), bytes)
}

#[test]
fn the_command_writes_what_no_editor_can() {
    let (text, bytes) = with_ebcdic();
    let mut fixture = Fixture::with_bytes(&text, &[("three.profile", &bytes)]);
    let mut argument = fixture.at_cursor();
    argument["newName"] = json!("203.0.113.77");
    let order = json!({ "command": "vipa.rename", "arguments": [argument] });
    // The person at the editor says no: nothing is renamed.
    fixture.client().applies = false;
    let answer = fixture.client().call("workspace/executeCommand", order.clone());
    let why = answer["error"]["message"].as_str().expect("a reason");
    assert_eq!(why, "the editor has not made the change, so nothing is renamed");
    let asked = fixture.client().told("workspace/applyEdit");
    assert!(fixture.edited(&asked["edit"], "two.profile").contains("VIPABACKUP 100 203.0.113.77"));
    assert_eq!(std::fs::read(fixture.path("three.profile")).expect("it is there"), bytes);
    // Yes: the editor has its part, and the data set is as before but for the name.
    fixture.client().applies = true;
    let answer = fixture.client().call("workspace/executeCommand", order);
    assert_eq!(answer["result"], json!({ "written": ["three.profile"] }), "{answer}");
    let asked = fixture.client().told("workspace/applyEdit");
    for (name, line) in [
        ("one.profile", "VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.77"),
        ("two.profile", "VIPABACKUP 100 203.0.113.77"),
        ("web.scenario", "expect owner 203.0.113.77 = TCPIP1"),
    ] {
        assert!(fixture.edited(&asked["edit"], name).contains(line), "{name}");
    }
    let uri = fixture.uri("three.profile");
    let changes = asked["edit"]["documentChanges"].as_array().expect("changes");
    assert!(changes.iter().all(|change| change["textDocument"]["uri"] != uri), "{asked}");
    let records = ["VIPADYNAMIC", " VIPABACKUP 50 203.0.113.77", "ENDVIPADYNAMIC"];
    let after: Vec<u8> =
        records.iter().flat_map(|record| format!("{record:80}").into_bytes()).map(ebcdic).collect();
    assert_eq!(std::fs::read(fixture.path("three.profile")).expect("it is there"), after);
    // The server knows what it has written.
    let hover = fixture.ask("textDocument/references", &json!({ "context": { "includeDeclaration": true } }));
    assert!(!hover.to_string().contains("three.profile"), "{hover}");
    fixture.leave();
}

#[test]
fn the_command_says_why_not() {
    fn refused(fixture: &mut Fixture, argument: &Value) -> String {
        let order = json!({ "command": "vipa.rename", "arguments": [argument] });
        let answer = fixture.client().call("workspace/executeCommand", order);
        answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }
    let (text, bytes) = with_ebcdic();
    let mut fixture = Fixture::with_bytes(&text, &[("three.profile", &bytes)]);
    let why = refused(&mut fixture, &json!({}));
    assert!(why.starts_with("vipa.rename wants what textDocument/rename wants: "), "{why}");
    let mut argument = fixture.at_cursor();
    argument["newName"] = json!("203.0.113.9");
    let why = refused(&mut fixture, &argument);
    assert_eq!(why, "there is an address 203.0.113.9 already, in one.profile:9");
    fixture.leave();
    let mut fixture = Fixture::for_client(&at("one.profile", "203.0.113.1 PORT", 1), json!({}));
    let mut argument = fixture.at_cursor();
    argument["newName"] = json!("203.0.113.7");
    assert_eq!(refused(&mut fixture, &argument), "this editor cannot be asked to change files");
    fixture.leave();
}

/// IBM-1047 of what the test writes.
fn ebcdic(byte: u8) -> u8 {
    match byte {
        b'A'..=b'I' => byte - b'A' + 0xC1,
        b'J'..=b'R' => byte - b'J' + 0xD1,
        b'S'..=b'Z' => byte - b'S' + 0xE2,
        b'0'..=b'9' => byte - b'0' + 0xF0,
        b'.' => 0x4B,
        _ => 0x40,
    }
}

#[test]
fn preparing_tells_the_word_or_the_reason() {
    let mut fixture = Fixture::new(&at("one.profile", "203.0.113.1 PORT", 1));
    let answer = fixture.ask("textDocument/prepareRename", &json!({}));
    assert_eq!(answer["result"]["placeholder"], "203.0.113.1");
    assert_eq!(fixture.show("one.profile", &answer["result"]["range"]), "one.profile:10 203.0.113.1");
    fixture.leave();
    let mut fixture = Fixture::new(&at("one.profile", "&NET", 1));
    let answer = fixture.ask("textDocument/prepareRename", &json!({}));
    assert_eq!(answer["error"]["code"], -32803);
    fixture.leave();
}

#[test]
fn edits_name_the_version_of_what_is_open() {
    let mut fixture = Fixture::new(&at("one.profile", "203.0.113.1 PORT", 1));
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.7" }));
    let changes = answer["result"]["documentChanges"].as_array().expect("changes");
    let version = |name: &str| {
        let uri = fixture.uri(name);
        let change = changes.iter().find(|change| change["textDocument"]["uri"] == uri).expect(name);
        change["textDocument"]["version"].clone()
    };
    assert_eq!((version("one.profile"), version("two.profile")), (json!(1), json!(null)));
    fixture.leave();

    let plain = changed("one.profile", "203.0.113.1 PORT", |mark| format!("$0{mark}"));
    let mut fixture = Fixture::for_client(&plain, json!({}));
    let answer = fixture.ask("textDocument/rename", &json!({ "newName": "203.0.113.7" }));
    assert!(answer["result"]["changes"].is_object(), "{answer}");
    let after = fixture.edited(&answer["result"], "two.profile");
    assert!(after.contains("VIPABACKUP 100 203.0.113.7"), "{after}");
    fixture.leave();
}

#[test]
fn a_symbolic_address_in_description_and_profiles() {
    let plex = r#"
//- sysplex.toml
[sysplex]
dialect = "founding"
[addresses]
DVA1 = "203.0.113.1"
[[stack]]
name = "TCPIP1"
profile = "one.profile"
//- one.profile
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 DV$0A1
ENDVIPADYNAMIC
SOURCEIPA DVA1 WEB
SOURCEIPA 203.0.113.1 FTP
"#;
    check(
        plex,
        "WEBADDR",
        &[
            ("sysplex.toml", "WEBADDR = \"203.0.113.1\""),
            ("one.profile", "VIPADEFINE 255.255.255.0 WEBADDR"),
            ("one.profile", "SOURCEIPA WEBADDR WEB"),
        ],
    );
    check(
        &plex.replace("DV$0A1", "DVA1").replace("203.0.113.1 FTP", "203.0.1$013.1 FTP"),
        "203.0.113.2",
        &[("sysplex.toml", "DVA1 = \"203.0.113.2\""), ("one.profile", "SOURCEIPA 203.0.113.2 FTP")],
    );
}
