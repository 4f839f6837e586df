//! `vipa lint --as obeyfile`: data sets for VARY OBEYFILE, checked on the stack that they are for.

use vipa::exit::Exit;

use crate::harness::{Ended, Vipa, vipa};

const PLEX: &str = "[[stack]]\nname = \"TCPIP1\"\nsystem = \"SYSA\"\nprofile = \"a.profile\"\n\
                    [[stack]]\nname = \"TCPIP2\"\nsystem = \"SYSB\"\nprofile = \"b.profile\"\n";
const PROFILE: &str = "DEVICE LCS1 LCS BA0\nLINK ETHER1 ETHERNET 0 LCS1\nHOME 192.0.2.1 ETHER1\nSTART LCS1\n";

fn plex() -> Vipa {
    vipa(&[
        ("plex/sysplex.toml", PLEX),
        ("plex/a.profile", PROFILE),
        ("plex/b.profile", "PORT 80 TCP WEB1\n"),
        ("plex/obey/stop", "STOP LCS1\n"),
        ("plex/obey/gone", "HOME\nDELETE LINK ETHER1\nDELETE DEVICE LCS1\n"),
        ("plex/obey/port", "PORT 443 TCP WEB1\n"),
    ])
}

#[track_caller]
fn ends(ended: &Ended, exit: Exit, lines: &[&str]) {
    let starts: Vec<&str> = ended.stdout.lines().map(|line| line.split(']').next().unwrap_or(line)).collect();
    assert_eq!((ended.exit, &starts[..]), (exit, lines), "{}{}", ended.stdout, ended.stderr);
}

#[test]
fn a_data_set_is_checked_on_its_stack() {
    let plex = plex();
    let ended = plex.run("lint --as obeyfile --stack TCPIP1 plex/obey/port --format concise");
    ends(&ended, Exit::Clean, &[]);
    let ended = plex.run("lint --as obeyfile --stack tcpip1 plex/obey/gone --format concise");
    ends(
        &ended,
        Exit::Findings,
        &[
            "plex/obey/gone:1:1 warning[home-list-shortened",
            "plex/obey/gone:2:13 error[delete-active",
            "plex/obey/gone:3:15 error[delete-active",
        ],
    );
    let ended = plex.run("lint --as obeyfile --stack TCPIP2 plex/obey/stop --format concise");
    ends(&ended, Exit::Findings, &["plex/obey/stop:1:6 error[start-unknown"]);
}

#[test]
fn each_is_put_onto_what_those_before_have_left() {
    let ended =
        plex().run("lint --as obeyfile --stack TCPIP1 plex/obey/stop plex/obey/gone --format concise");
    ends(&ended, Exit::Clean, &["plex/obey/gone:1:1 warning[home-list-shortened"]);
}

#[test]
fn formats_and_fail_levels_are_those_of_lint() {
    let plex = plex();
    let command = "lint --as obeyfile --stack TCPIP1 plex/obey/stop plex/obey/gone";
    let full = plex.run(command);
    assert!(full.stdout.contains("1 | HOME"), "{}", full.stdout);
    assert!(full.stdout.contains("2 files, 1 stack"), "{}", full.stdout);
    assert_eq!(plex.run(&format!("{command} --fail-level warning")).exit, Exit::Findings);
    assert_eq!(plex.run(&format!("{command} --ignore home-list-shortened --format concise")).stdout, "");
    let json = plex.run(&format!("{command} --format json-lines")).stdout;
    assert!(json.contains("\"file\":\"plex/obey/gone\",\"record\":1,"), "{json}");
    assert!(json.contains("\"stacks\":[\"TCPIP1\"]"), "{json}");
}

#[test]
fn comments_allow_findings() {
    let allowed = "HOME ; vipa: allow(home-list-shortened) the link goes with its device\n";
    let unused = "; vipa: allow(home-again) no\nPORT 443 TCP WEB1\n";
    let plex = plex().file("plex/obey/allowed", allowed).file("plex/obey/unused", unused);
    let ended = plex.run("lint --as obeyfile --stack TCPIP1 plex/obey/allowed --format concise");
    ends(&ended, Exit::Clean, &[]);
    let ended = plex.run("lint --as obeyfile --stack TCPIP1 plex/obey/unused --format concise");
    ends(&ended, Exit::Clean, &["plex/obey/unused:1:1 warning[allow-unused"]);
}

#[test]
fn standard_input_and_includes_are_read() {
    let toml = format!("[sysplex]\nincludes = {{ \"TCPIP.MORE\" = \"more.member\" }}\n{PLEX}");
    let plex = plex()
        .file("plex/sysplex.toml", toml)
        .file("plex/more.member", "STOP LCS9\n")
        .stdin("INCLUDE TCPIP.MORE\nPRT 80 TCP A\n");
    let ended = plex.run(
        "lint --as obeyfile --stack TCPIP1 --sysplex plex/sysplex.toml - --stdin-name plex/obey/new --format concise",
    );
    ends(
        &ended,
        Exit::Findings,
        &["plex/more.member:1:6 error[start-unknown", "plex/obey/new:2:1 error[unknown-statement"],
    );
}

#[test]
fn what_cannot_be_meant_is_said() {
    let plex = plex();
    for (command, said) in [
        ("plex/obey/port", "which stack are the OBEYFILEs for? The sysplex has TCPIP1, TCPIP2"),
        ("plex/obey/port --stack TCPIP", "there is no stack TCPIP in this sysplex"),
        ("--stack TCPIP1", "needs the data sets to check"),
        ("plex/obey --stack TCPIP1", "plex/obey is a folder, and the order of OBEYFILEs counts"),
        ("plex/obey/none --stack TCPIP1", "there is no file or folder named plex/obey/none"),
        ("plex/obey/port --stack TCPIP1 --isolated", "--isolated knows none"),
        ("plex/obey/port --stack TCPIP1 --fix", "--fix is for profiles"),
        ("plex/obey/port --stack TCPIP1 --watch", "--watch is for profiles"),
    ] {
        let ended = plex.run(&format!("lint --as obeyfile {command}"));
        assert_eq!(ended.exit, Exit::Unusable, "{command}: {}", ended.stdout);
        assert!(ended.stderr.contains(said), "{command}: {}", ended.stderr);
    }
    let ended = plex.run("lint plex --stack TCPIP1");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("add --as obeyfile"), "{}", ended.stderr);
}

#[test]
fn a_profile_is_what_paths_are_without_a_word() {
    let plex = plex();
    assert_eq!(plex.run("lint plex --as profile").stdout, plex.run("lint plex").stdout);
}
