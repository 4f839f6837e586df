//! `plan`: exit codes and bad input. What a plan says stands in `tests/specs/plan`.

use vipa::exit::Exit;

use crate::harness::{Vipa, vipa};

const SYSPLEX: &str = "\
[sysplex]
name = \"PLEX1\"
[[stack]]
name = \"TCPIP1\"
profile = \"mvs1.profile\"
[[stack]]
name = \"TCPIP2\"
profile = \"mvs2.profile\"
";

const MVS1: &str = "\
IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.1 255.255.255.0 1
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1
ENDVIPADYNAMIC
PORT 443 TCP WEB1
";

const MVS2: &str = "\
IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.2 255.255.255.0 1
VIPADYNAMIC
  VIPABACKUP 100 MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1
ENDVIPADYNAMIC
PORT 443 TCP WEB1
";

fn plex() -> Vipa {
    vipa(&[
        ("sysplex.toml", SYSPLEX),
        ("mvs1.profile", MVS1),
        ("mvs2.profile", MVS2),
        ("same.obey", "PORT 443 TCP WEB1\n"),
        ("port.obey", "PORT 8443 TCP WEB1\n"),
        ("both.obey", "PORT 8443 TCP WEB1\nDELETE DEVICE NONE1\nPORT 8444 TCP WEB1\n"),
        ("take.obey", "VIPADYNAMIC\n  VIPADELETE 203.0.113.1\nENDVIPADYNAMIC\n"),
        ("down.scenario", "fail TCPIP1\n"),
        ("binary.obey", "\u{0}\u{1}\u{2}\u{3}"),
    ])
}

#[test]
fn the_exit_code_says_what_comes_of_it() {
    for (line, exit) in [
        ("plan TCPIP1 same.obey", Exit::Clean),
        ("plan TCPIP1 port.obey", Exit::Changes),
        ("plan tcpip1 port.obey", Exit::Changes),
        ("plan TCPIP1=port.obey TCPIP2=port.obey", Exit::Changes),
        ("plan TCPIP1=same.obey TCPIP2=same.obey", Exit::Clean),
        ("plan TCPIP1 both.obey", Exit::Findings),
        ("plan TCPIP1=port.obey TCPIP1=both.obey", Exit::Findings),
        ("plan --after down.scenario TCPIP1 port.obey", Exit::Findings),
    ] {
        for format in ["text", "json"] {
            let ended = plex().run(&format!("{line} --format {format}"));
            assert_eq!((ended.exit, ended.stderr.as_str()), (exit, ""), "{line}: {}", ended.stdout);
            assert!(!ended.stdout.is_empty(), "{line}");
        }
    }
    assert_eq!(Exit::Changes.code(), 3);
}

#[test]
fn what_cannot_be_planned_is_2_with_a_word() {
    for (line, said) in [
        ("plan TCPIP9 port.obey", "there is no stack TCPIP9"),
        ("plan TCPIP1=port.obey TCPIP9=port.obey", "there is no stack TCPIP9"),
        ("plan TCPIP1 none.obey", "none.obey"),
        ("plan TCPIP1 binary.obey", "cannot read binary.obey"),
        ("plan TCPIP1", "TCPIP1 does not say which stack obeys which data set"),
        ("plan TCPIP1=", "does not name both"),
        ("plan TCPIP1 port.obey more.obey", "TCPIP1 does not say"),
        ("plan --after none.scenario TCPIP1 port.obey", "none.scenario"),
    ] {
        let ended = plex().run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(ended.stderr.contains(said), "{line}: {}", ended.stderr);
    }
}

#[test]
fn a_refused_statement_in_the_middle_keeps_nothing_else_from_being_taken() {
    let ended = plex().run("plan TCPIP1 both.obey");
    for part in [
        "added      PORT 8443 TCP WEB1",
        "refused    DEVICE NONE1",
        "added      PORT 8444 TCP WEB1",
        "1 refused",
    ] {
        assert!(ended.stdout.contains(part), "{part}:\n{}", ended.stdout);
    }
}

#[test]
fn the_second_step_sees_what_the_first_has_left() {
    let ended = plex().run("plan TCPIP1=port.obey TCPIP1=port.obey");
    assert!(ended.stdout.contains("no change  PORT 8443 TCP WEB1"), "{}", ended.stdout);
}
