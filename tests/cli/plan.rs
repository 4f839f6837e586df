//! `plan`: exit codes and bad input. What a plan says stands in `tests/specs/plan`.

use vipa::exit::Exit;

use crate::formats::valid;
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
        ("again.obey", "DELETE PORT 443 TCP WEB1\nPORT 443 TCP WEB1\n"),
        ("port.obey", "PORT 8443 TCP WEB1\n"),
        ("both.obey", "PORT 8443 TCP WEB1\nDELETE DEVICE NONE1\nPORT 8444 TCP WEB1\n"),
        ("take.obey", "VIPADYNAMIC\n  VIPADELETE 203.0.113.1\nENDVIPADYNAMIC\n"),
        (
            "idle.obey",
            "VIPADYNAMIC\n  VIPADEFINE MOVEABLE WHENIDLE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n",
        ),
        ("down.scenario", "fail TCPIP1\n"),
        ("binary.obey", "\u{0}\u{1}\u{2}\u{3}"),
    ])
}

#[test]
fn the_exit_code_says_what_comes_of_it() {
    for (line, exit) in [
        ("plan TCPIP1 same.obey", Exit::Clean),
        ("plan TCPIP1 port.obey", Exit::Changes),
        ("plan TCPIP1 again.obey", Exit::Changes),
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
fn a_community_name_is_compared_and_not_shown() {
    let profile = "SACONFIG ENABLED COMMUNITY north.ops\n";
    let files = [
        ("sysplex.toml", "[[stack]]\nname = \"TCPIP1\"\nprofile = \"mvs1.profile\"\n"),
        ("mvs1.profile", profile),
        ("other.obey", "SACONFIG COMMUNITY south.ops\n"),
        ("same.obey", profile),
        ("was/sysplex.toml", "[[stack]]\nname = \"TCPIP1\"\nprofile = \"mvs1.profile\"\n"),
        ("was/mvs1.profile", "SACONFIG ENABLED COMMUNITY south.ops\n"),
    ];
    for (line, exit) in [
        ("plan TCPIP1 other.obey", Exit::Changes),
        ("plan TCPIP1 same.obey", Exit::Clean),
        ("diff was", Exit::Changes),
        ("diff .", Exit::Clean),
    ] {
        for format in ["text", "json", "markdown"] {
            let ended = vipa(&files).run(&format!("{line} --format {format}"));
            assert_eq!((ended.exit, ended.stderr.as_str()), (exit, ""), "{line}: {}", ended.stdout);
            // The JSON of a plan has the profile in it that is to be written.
            assert!(format == "json" || !ended.stdout.contains("h.ops"), "{line}: {}", ended.stdout);
        }
    }
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

#[test]
fn a_saved_plan_is_shown_until_something_that_it_rests_on_changes() {
    let world = plex();
    let planned = world.run("plan TCPIP1 port.obey --out port.plan");
    assert_eq!(planned.exit, Exit::Changes, "{}", planned.stderr);
    let saved = world.memory.written.borrow()["port.plan"].clone();
    let again = plex();
    assert_eq!(again.run("plan TCPIP1 port.obey --out port.plan").stdout, planned.stdout);
    assert_eq!(again.memory.written.borrow()["port.plan"], saved, "the same bytes each run");
    let shown = plex().file("port.plan", saved.clone()).run("plan --show port.plan");
    assert_eq!((shown.exit, shown.stdout), (Exit::Changes, planned.stdout));
    for path in ["sysplex.toml", "mvs2.profile", "port.obey"] {
        let changed = plex().file("port.plan", saved.clone()).file(path, "; other\n");
        let shown = changed.run("plan --show port.plan");
        assert_eq!((shown.exit, shown.stdout.as_str()), (Exit::Unusable, ""), "{path}");
        assert!(shown.stderr.contains(&format!("{path} has changed")), "{}", shown.stderr);
    }
    let none = plex().file("port.plan", "{}").run("plan --show port.plan");
    assert_eq!(none.exit, Exit::Unusable);
    assert!(none.stderr.contains("it is no saved plan"), "{}", none.stderr);
}

#[test]
fn a_start_from_the_written_profile_gives_what_the_plan_ends_with() {
    for obeyfile in ["port.obey", "take.obey"] {
        let world = plex();
        world.run(&format!("plan TCPIP1 {obeyfile} --out-profile new.profile"));
        let profile = world.memory.written.borrow()["new.profile"].clone();
        let started = plex().file("mvs1.profile", profile.clone()).run(&format!("plan TCPIP1 {obeyfile}"));
        assert!(
            !started.stdout.contains("    + ") && !started.stdout.contains("    - "),
            "{profile}{}",
            started.stdout
        );
    }
}

#[test]
fn the_way_back_leads_back() {
    for obeyfile in ["port.obey", "take.obey"] {
        let world = plex();
        let planned = world.run(&format!("plan TCPIP1 {obeyfile} --undo back.obey"));
        assert!(planned.stdout.contains("one OBEYFILE takes this back"), "{}", planned.stdout);
        let back = world.memory.written.borrow()["back.obey"].clone();
        let both = plex().file("back.obey", back).run(&format!("plan TCPIP1={obeyfile} TCPIP1=back.obey"));
        assert!(
            both.stdout.contains("nothing is left to take back") || !both.stdout.contains("Afterwards"),
            "{}",
            both.stdout
        );
        assert!(!both.stdout.contains("stays with"), "{}", both.stdout);
    }
}

#[test]
fn a_file_to_write_says_for_which_stack_where_several_change() {
    let line = "plan TCPIP1=port.obey TCPIP2=port.obey";
    let ended = plex().run(&format!("{line} --undo back.obey"));
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("does not say for which stack"), "{}", ended.stderr);
    let world = plex();
    assert_eq!(world.run(&format!("{line} --undo TCPIP1=a.obey --undo TCPIP2=b.obey")).exit, Exit::Changes);
    assert_eq!(world.memory.written.borrow().len(), 2);
}

#[test]
fn captures_of_nobody_are_2() {
    let ended = plex().file("cap.txt", "no report at all\n").run("plan TCPIP1 port.obey --live cap.txt");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{}", ended.stderr);
}

#[test]
fn a_plan_for_a_pull_request_is_markdown() {
    let ended = plex().run("plan TCPIP1 port.obey --format markdown");
    assert!(ended.stdout.starts_with("### vipa plan: PLEX1\n\n**Plan: 1 added"), "{}", ended.stdout);
    assert!(ended.stdout.contains("```diff\n+ PORT 8443 TCP WEB1\n```"), "{}", ended.stdout);
}

#[test]
fn the_json_is_valid_against_its_schema() {
    let schema = serde_json::to_value(analysis::plan::json::schema()).expect("JSON");
    for line in ["plan TCPIP1 both.obey", "plan TCPIP1=take.obey TCPIP2=port.obey", "plan TCPIP1 same.obey"] {
        valid(&schema, &plex().run(&format!("{line} --format json")).stdout);
    }
}

#[test]
fn a_changed_definition_keeps_the_distribution() {
    let profile = "IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.1 255.255.255.0 1
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1 ; the web
  VIPADISTRIBUTE DEFINE 203.0.113.1 PORT 443 DESTIP ALL
ENDVIPADYNAMIC
PORT 443 TCP WEB1
";
    let world = plex().file("mvs1.profile", profile);
    let planned = world.run("plan TCPIP1 idle.obey --out-profile new.profile --undo back.obey");
    for none in ["would still change", "no OBEYFILE takes"] {
        assert!(!planned.stdout.contains(none), "{}", planned.stdout);
    }
    let new = world.memory.written.borrow()["new.profile"].clone();
    assert_eq!(new.matches("VIPADYNAMIC").count(), 2, "one block:\n{new}");
    let back = world.memory.written.borrow()["back.obey"].clone();
    assert!(!back.contains("VIPADELETE"), "it would give the DVIPA away:\n{back}");
    let both = plex().file("mvs1.profile", profile).file("back.obey", back);
    let both = both.run("plan TCPIP1=idle.obey TCPIP1=back.obey");
    assert!(!both.stdout.contains("Afterwards"), "{}", both.stdout);
}

/// A home list as NETSTAT shows it.
fn home(release: &str, stack: &str) -> String {
    format!(
        "MVS TCP/IP NETSTAT CS {release}       TCPIP Name: {stack}           07:44:04\n\
         Home address list:\n\
         LinkName:   LOOPBACK\n\
         \x20 Address:  127.0.0.1\n\
         \x20   Flags:\n"
    )
}

#[test]
fn a_capture_of_another_stack_is_2_and_says_whose_it_is() {
    let world = plex().file("cap.txt", home("V3R1", "TCPIP9"));
    let ended = world.run("plan TCPIP1 port.obey --live cap.txt");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("TCPIP9"), "{}", ended.stderr);
}

#[test]
fn a_capture_of_another_release_is_used_and_said() {
    let world = plex().file("cap.txt", home("V2R4", "TCPIP1"));
    let ended = world.run("plan TCPIP1 port.obey --live cap.txt");
    assert_eq!(ended.exit, Exit::Changes, "{}{}", ended.stdout, ended.stderr);
    assert!(
        ended.stderr.contains("TCPIP1 runs V2R4, its profile is read for V3R1: set `release`"),
        "{}",
        ended.stderr
    );
}
