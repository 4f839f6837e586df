use serde_json::{Value, json};

use crate::tests::client::{Client, Folder};
use crate::tests::fixture::Fixture;

const TYPES: [&str; 11] = [
    "keyword",
    "property",
    "enumMember",
    "variable",
    "function",
    "number",
    "macro",
    "string",
    "comment",
    "decorator",
    "operator",
];

/// One line a record: each token with its type, and its modifiers.
pub(in crate::tests) fn shown(text: &str, answer: &Value) -> Vec<String> {
    let data: Vec<usize> =
        answer["data"].as_array().expect("tokens").iter().map(|one| one.as_u64().unwrap() as usize).collect();
    let lines: Vec<Vec<u16>> = text.lines().map(|line| line.encode_utf16().collect()).collect();
    let (mut line, mut character) = (0, 0);
    let mut out: Vec<String> = Vec::new();
    for token in data.chunks(5) {
        let [down, right, length, kind, modifiers] = *token else { panic!("five numbers a token") };
        character = if down == 0 { character + right } else { right };
        line += down;
        let word = String::from_utf16(&lines[line][character..character + length]).expect("whole characters");
        let modifiers = ["", " deprecated", " unknown"][modifiers];
        let shown = format!("{word}:{}{modifiers}", TYPES[kind]);
        match out.last_mut() {
            Some(last) if down == 0 => {
                last.push_str(" | ");
                last.push_str(&shown);
            }
            Some(_) | None => out.push(shown),
        }
    }
    out
}

fn check(text: &str, name: &str, expected: &[&str]) {
    let mut fixture = Fixture::new(text);
    let answer = fixture.ask("textDocument/semanticTokens/full", &json!({}));
    assert_eq!(shown(fixture.text(name), &answer["result"]), expected, "{answer}");
    fixture.leave();
}

#[test]
fn every_word_of_a_profile_by_what_it_is() {
    check(
        "\
//- mvs1.profile
; 😀 vipa: allow-file(dvipa-without-backup) a test$0
VIPADYN
  VIPADEF 255.255.255.0 203.0.113.1 10.1.&SYSCLONE..7 ; ours
ENDVIPADYNAMIC
PORT 443 TCP HTTPD1 SHAREP
INCLUDE USER.PARMS(PORTS)
PORT 1 UDP A NOSMCR
SOMAXCONN 10
FROBNICATE 1 A
SMFPARMS 96
",
        "mvs1.profile",
        &[
            "; 😀 :comment | vipa: allow-file(dvipa-without-backup):decorator |  a test:comment",
            "VIPADYN:keyword",
            "VIPADEF:keyword | 255.255.255.0:enumMember | 203.0.113.1:enumMember | 10.1.:enumMember | &SYSCLONE.:macro | .7:enumMember | ; ours:comment",
            "ENDVIPADYNAMIC:keyword",
            "PORT:keyword | 443:number | TCP:property | HTTPD1:function | SHAREP:property",
            "INCLUDE:keyword | USER.PARMS(PORTS):string",
            "PORT:keyword | 1:number | UDP:property | A:function | NOSMCR:property deprecated",
            "SOMAXCONN:keyword | 10:number",
            "FROBNICATE:keyword unknown",
            "SMFPARMS:keyword deprecated | 96:number",
        ],
    );
}

#[test]
fn every_word_of_a_scenario_by_what_it_is() {
    check(
        "//- a.scenario\nTCPIP1 START bind [2001:db8::1]:80 as s1 ; why$0\n=> source DVA1\nstrat TCPIP1\n",
        "a.scenario",
        &[
            "TCPIP1:variable | START:function | bind:keyword | 2001:db8::1:enumMember | 80:number | as:keyword | s1:variable | ; why:comment",
            "=>:operator | source:keyword | DVA1:enumMember",
            "strat:variable unknown",
        ],
    );
}

#[test]
fn a_part_of_a_profile() {
    let mut fixture = Fixture::new("//- a.profile\nSOMAXCONN 1$0\nSOMAXCONN 2 ; two\nSOMAXCONN 3\n");
    let range = json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 2, "character": 0 } });
    let answer = fixture.ask("textDocument/semanticTokens/range", &json!({ "range": range }));
    let text = fixture.text("a.profile");
    assert_eq!(shown(text, &answer["result"]), ["SOMAXCONN:keyword | 2:number | ; two:comment"]);
    fixture.leave();
}

#[test]
fn the_legend_is_told() {
    let folder = Folder::new(&[]);
    let (client, answer) = Client::start_with(&folder, json!({}), json!(null));
    let provider = &answer["capabilities"]["semanticTokensProvider"];
    assert_eq!(
        provider["legend"],
        json!({ "tokenTypes": TYPES, "tokenModifiers": ["deprecated", "unknown"] })
    );
    assert_eq!((&provider["full"], &provider["range"]), (&json!(true), &json!(true)));
    client.leave();
}
