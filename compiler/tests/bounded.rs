//! Bad input costs work and memory in proportion to its size. What is counted is findings and their bytes, never the clock; a test that runs
//! without end shows what has no bound.
#![allow(missing_docs)]

use std::fmt::Write as _;

use vipa_compiler::finding::Finding;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

const MANY: u32 = 4_000;

fn lint(files: &[(&str, String)]) -> std::sync::Arc<[Finding]> {
    let mut system = MemorySystem::new();
    for (path, text) in files {
        system.insert(*path, text.clone());
    }
    let mut compiler = Compiler::new(Settings::default());
    let described = files.iter().any(|(path, _)| *path == "sysplex.toml");
    let request = match described {
        true => Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] },
        false => Request { sysplex: None, profiles: vec!["one.profile".into()] },
    };
    compiler.load(&system, &request).unwrap();
    compiler.snapshot().findings()
}

fn lines(of: impl Fn(u32) -> String) -> String {
    (0..MANY).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", of(number));
        text
    })
}

/// Findings of a profile, each with words in proportion, not to the profile but to itself.
fn bounded(text: String) -> usize {
    let findings = lint(&[("one.profile", text)]);
    for finding in findings.iter() {
        let words: usize = finding.notes.iter().map(String::len).sum::<usize>() + finding.message.len();
        assert!(words < 4_000, "{words} bytes: {}", finding.message.chars().take(200).collect::<String>());
        assert!(finding.related.len() <= 100, "{} places: {}", finding.related.len(), finding.message);
    }
    findings.len()
}

#[test]
fn words_that_nobody_knows() {
    assert!(bounded(lines(|number| format!("XQ{number}Z"))) <= MANY as usize);
    assert_eq!(bounded(lines(|_| "SOURECEIPA".to_owned())), MANY as usize);
    assert!(bounded(format!("HOME {}", lines(|number| format!("XQ{number}Z")))) <= 2 * MANY as usize);
}

#[test]
fn lists_of_one_entry() {
    let devices = lines(|number| format!("DEVICE D{number} VIRTUAL 0\nLINK L{number} VIRTUAL 0 D{number}"));
    let homes = lines(|number| {
        format!("HOME 10.{}.{}.{} L{number}", number >> 16, (number >> 8) & 255, number & 255)
    });
    assert_eq!(bounded(format!("{devices}{homes}")), 1, "that a further HOME adds to the list is told once");
    assert_eq!(
        bounded(lines(|number| format!("PORT {} TCP JOB{}", number % 65_000 + 1, number % 90_000))),
        0
    );
}

#[test]
fn links_and_homes_of_nothing() {
    bounded(lines(|number| format!("LINK L{number} VIRTUAL 0 NODEVICE{number}")));
    bounded(format!(
        "DEVICE D VIRTUAL 0\nLINK LNK VIRTUAL 0 D\n{}",
        lines(|number| format!("HOME 10.1.1.1 NOLINK{number}"))
    ));
    bounded(lines(|number| format!("START NOTHING{number}")));
}

#[test]
fn statements_of_a_block_that_are_all_wrong() {
    bounded(format!(
        "VIPADYNAMIC\n{}ENDVIPADYNAMIC\n",
        lines(|number| format!("  VIPADEFINE 255.255.255.0 172.16.0.{number}x"))
    ));
    bounded(format!(
        "VIPADYNAMIC\n{}",
        lines(|number| format!("  VIPADISTRIBUTE 192.0.2.{} PORT {number} DESTIP ALL", number % 256))
    ));
    let defined = (1..=200)
        .fold(String::new(), |text, host| format!("{text}  VIPADEFINE 255.255.255.0 192.0.2.{host}\n"));
    bounded(format!(
        "VIPADYNAMIC\n{defined}{}ENDVIPADYNAMIC\n",
        lines(|number| format!("  VIPADISTRIBUTE 203.0.113.{} PORT 1-65535 DESTIP ALL", number % 256))
    ));
}

#[test]
fn blocks_and_quotes_that_are_never_closed() {
    for opener in ["VIPADYNAMIC", "AUTOLOG", "NETACCESS", "SRCIP", "BEGINROUTES", "DEFADDRTABLE"] {
        bounded(lines(|_| opener.to_owned()));
        bounded(format!("{opener}\n{}", lines(|number| format!("PORT {} TCP X", number % 60_000 + 1))));
    }
    bounded(lines(|number| format!("AUTOLOG X PARMSTRING \"never closed {number}")));
}

#[test]
fn comments_that_are_glued() {
    bounded(format!(
        "VIPADYNAMIC\n{}ENDVIPADYNAMIC\n",
        lines(|_| "VIPADEFINE 255.255.255.0 192.0.2.1; glued".to_owned())
    ));
}

#[test]
fn allowances_for_everything() {
    bounded(lines(|_| "; vipa: allow(device-twice) it is so\nDEVICE D1 VIRTUAL 0".to_owned()));
}

#[test]
fn things_come_and_go() {
    bounded(
        lines(|number| format!("DEVICE D{number} VIRTUAL 0"))
            + &lines(|number| format!("DELETE DEVICE D{number}")),
    );
    bounded(lines(|_| "DEVICE D VIRTUAL 0\nDELETE DEVICE D".to_owned()));
}

#[test]
fn one_thing_is_added_to_again_and_again() {
    let many = |of: &dyn Fn(u32) -> String| (1..20_000).map(of).collect::<String>();
    let distributions = many(&|port| format!("  VIPADISTRIBUTE 192.0.2.1 PORT {port} DESTIP ALL\n"));
    let again = many(&|port| format!("  VIPADISTRIBUTE 192.0.2.1 PORT {port} DESTIP 10.1.1.1\n"));
    bounded(format!(
        "IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1\nVIPADYNAMIC\nVIPADEFINE 255.255.255.0 192.0.2.1\n{distributions}{again}ENDVIPADYNAMIC\n"
    ));
    let addresses = many(&|host| format!("INTERFACE V6 ADDADDR 2001:db8::{host:x}\n"));
    let twice = format!("{}{addresses}", addresses.replace("V6", "LOOPBACK6"));
    let deprecated = twice
        .replace("ADDADDR", "DEPRADDR")
        .replace("INTERFACE LOOPBACK6 DEPRADDR", "INTERFACE LOOPBACK6 ADDADDR");
    let gone = twice.replace("ADDADDR", "DELADDR");
    let defined = "INTERFACE V6 DEFINE VIRTUAL6 IPADDR 2001:db8:1::1\n";
    assert_eq!(bounded(format!("{defined}{twice}{deprecated}{gone}")), 0);
    assert_eq!(
        bounded(format!("{defined}{twice}{gone}{gone}")),
        2 * 19_999,
        "the second time there is none to take off"
    );
}

#[test]
fn symbols_in_every_entry() {
    let entries = lines(|number| {
        format!("  10.{}.{}.{} L&SYSCLONE.{number}", number >> 16, (number >> 8) & 255, number & 255)
    });
    let toml = "[[stack]]\nname = \"A\"\nprofile = \"one.profile\"\nsymbols = { SYSCLONE = \"01\", DEEP = \"&DEEP.&DEEP.\" }\n";
    let found = lint(&[("sysplex.toml", toml.to_owned()), ("one.profile", format!("HOME\n{entries}"))]);
    assert_eq!(found.len(), MANY as usize, "each names a link that is not there");
    // A value is put in once: what looks like a symbol in it is text.
    lint(&[("sysplex.toml", toml.to_owned()), ("one.profile", lines(|_| "SOMAXCONN &DEEP.".to_owned()))]);
    bounded(lines(|_| "SOMAXCONN &A(&B(&C(".to_owned()));
}

#[test]
fn includes_that_fan_out() {
    let toml = "[sysplex]\nincludes = { \"NET.PARMS\" = \"parms\" }\n[[stack]]\nname = \"A\"\nprofile = \"one.profile\"\n";
    let mut files =
        vec![("sysplex.toml", toml.to_owned()), ("one.profile", "INCLUDE NET.PARMS(M0)\n".to_owned())];
    let names: Vec<String> = (0..40).map(|level| format!("parms/m{level}")).collect();
    for (level, name) in names.iter().enumerate() {
        files.push((name, format!("INCLUDE NET.PARMS(M{0})\nINCLUDE NET.PARMS(M{0})\n", level + 1)));
    }
    let found = lint(&files);
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules.iter().filter(|rule| **rule == "include-limit").count(), 1, "{rules:?}");
    assert!(found.len() < 10);
}

#[test]
fn includes_nested_by_the_thousand() {
    let toml = "[sysplex]\nincludes = { \"NET.PARMS\" = \"parms\" }\n[[stack]]\nname = \"A\"\nprofile = \"one.profile\"\n";
    let names: Vec<String> = (0..3000).map(|level| format!("parms/m{level}")).collect();
    let mut files =
        vec![("sysplex.toml", toml.to_owned()), ("one.profile", "INCLUDE NET.PARMS(M0)\n".to_owned())];
    for (level, name) in names.iter().enumerate() {
        files.push((name, format!("INCLUDE NET.PARMS(M{})\n", level + 1)));
    }
    let found = lint(&files);
    let deep: Vec<&str> = found
        .iter()
        .filter(|finding| finding.rule == "include-loop")
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(deep, ["INCLUDE NET.PARMS(M63) is nested deeper than 64 data sets and is not read"]);
}
