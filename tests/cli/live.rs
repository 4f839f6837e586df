//! `--live`: captures of running stacks, good and bad, through the commands that take them.

use std::path::Path;

use serde_json::Value;
use vipa::exit::Exit;

use crate::harness::{Vipa, retail, vipa};

const PLEX: &str = "\
[sysplex]
name = \"PLEX1\"
[[stack]]
name = \"PRODA\"
job = \"TCPIP\"
system = \"MVSA\"
profile = \"a.profile\"
[[stack]]
name = \"PRODB\"
job = \"TCPIP\"
system = \"MVSB\"
profile = \"b.profile\"
";
const A: &str = "VIPADYNAMIC\n VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n";
const B: &str = "VIPADYNAMIC\n VIPABACKUP 100 MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n";

fn plex(captures: &[(&str, &str)]) -> Vipa {
    let mut world = vipa(&[("sysplex.toml", PLEX), ("a.profile", A), ("b.profile", B)]);
    for (path, text) in captures {
        world = world.file(path, *text);
    }
    world
}

const HOME: &str = "MVS TCP/IP NETSTAT CS V2R5       TCPIP Name: TCPIP           07:44:04\n\
Home address list:\nAddress          Link             Flg\n-------          ----             ---\n203.0.113.1      VIPLCB007101\n";

#[test]
fn a_foreign_text_is_no_capture() {
    let world = plex(&[("x.txt", "Active Internet connections\ntcp 0 0 192.0.2.1:22 LISTEN\n")]);
    for line in [
        "drift --live x.txt",
        "netstat PRODA HOME --live x.txt",
        "why request 198.51.100.7 203.0.113.1:80 --live x.txt",
    ] {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(ended.stderr.contains("no report of a running stack could be read"), "{}", ended.stderr);
        assert!(ended.stderr.contains("x.txt: no report in it"), "{}", ended.stderr);
    }
}

#[test]
fn a_head_that_does_not_tell_stacks_apart_says_what_to_do() {
    let ended = plex(&[("home.txt", HOME)]).run("drift --live home.txt");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("2 stacks have the job name TCPIP"), "{}", ended.stderr);
    assert!(ended.stderr.contains("STACK=FILE"), "{}", ended.stderr);
}

#[test]
fn a_stack_can_be_named_in_front_of_the_file() {
    let ended = plex(&[("home.txt", HOME)]).run("drift --live PRODA=home.txt");
    assert_eq!(ended.exit, Exit::Clean, "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stdout.contains("PRODA: compared HOME"), "{}", ended.stdout);
    assert!(ended.stderr.contains("PRODA runs V2R5, its profile is read for V3R1"), "{}", ended.stderr);
    let ended = plex(&[("home.txt", HOME)]).run("drift --live PRODX=home.txt");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("PRODX is no stack of the description"), "{}", ended.stderr);
}

#[test]
fn a_report_of_another_stack_is_not_used() {
    let other = HOME.replace("Name: TCPIP ", "Name: TCPIX ");
    let ended = plex(&[("a.txt", HOME), ("b.txt", &other)]).run("drift --live PRODA=a.txt PRODB=b.txt");
    assert_eq!(ended.exit, Exit::Clean);
    assert!(ended.stderr.contains("b.txt:2: HOME is not used: its head names TCPIX"), "{}", ended.stderr);
    let ended = plex(&[("b.txt", &other)]).run("drift --live b.txt");
    assert!(
        ended.stderr.contains("TCPIX is no stack of the description: did you mean TCPIP?"),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_display_names_stacks_that_the_description_lacks() {
    let display = "EZZ8260I SYSPLEX CS V3R1\nVIPA DYNAMIC DISPLAY FROM TCPIP    AT MVSB\nIPADDR: 203.0.113.1  LINKNAME: VIPLCB007101\n\
                   \x20 TCPIP    MVSA     ACTIVE      255.255.255.0   203.0.113.0\n  TCPIP    MVSZ     BACKUP 050\n  TCPIP    MVSB     BACKUP 100\n\
                   3 OF 9 RECORDS DISPLAYED\nEND OF THE REPORT\n";
    let ended = plex(&[("d.log", display)]).run("drift --live d.log");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stdout);
    assert!(
        ended.stderr.contains("TCPIP on MVSZ runs and is no stack of the description"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("SYSPLEX,VIPADYN of PRODB is cut after 3 entries"), "{}", ended.stderr);
}

#[test]
fn captures_come_from_folders_and_standard_input() {
    let world = plex(&[("caps/a.txt", "MVS TCP/IP NETSTAT CS V3R1  TCPIP Name: PRODA  07:44:04\n")]);
    assert_eq!(world.run("drift --live caps").exit, Exit::Unusable);
    let ended = plex(&[]).stdin(HOME).run("drift --live PRODB=-");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
    let ended = plex(&[]).run("drift --live nowhere.txt");
    assert!(ended.stderr.contains("there is no file or folder named nowhere.txt"), "{}", ended.stderr);
    assert_eq!(plex(&[]).run("drift").exit, Exit::Unusable);
}

#[test]
fn reports_that_are_not_there_are_named() {
    let world = plex(&[]);
    for (line, says) in [
        ("netstat PRODA VIPADYM", "did you mean VIPADYN?"),
        ("netstat PRODA DEVLINKS", "there are CONFIG, CONN, HOME"),
        ("netstat PRODA HOME DETAIL", "HOME has no modifier DETAIL here"),
        ("netstat TCPIP HOME", "there is no stack TCPIP"),
        ("netstat PRODX HOME", "there is no stack PRODX"),
    ] {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(ended.stderr.contains(says), "{line}: {}", ended.stderr);
    }
}

/// The JSON of both commands holds to the committed schemas.
#[test]
#[allow(clippy::disallowed_methods, reason = "reads the repository's own schemas and sample")]
fn json_holds_to_the_schemas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = |name: &str| -> Value {
        let text = std::fs::read_to_string(root.join("schema").join(name)).expect("a schema");
        serde_json::from_str(&text).expect("JSON")
    };
    let valid = |schema: &Value, text: &str| {
        let validator = jsonschema::validator_for(schema).expect("a schema");
        let value: Value = serde_json::from_str(text).expect("JSON");
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{text}");
    };
    let netstat = schema("netstat.schema.json");
    let reports = [
        "VIPADCFG", "VIPADYN", "VDPT", "VCRT", "CONN", "HOME", "SRCIP", "PORTLIST", "ROUTE", "CONFIG",
        "SYSPLEX",
    ];
    for report in reports {
        let ended = plex(&[]).run(&format!("netstat PRODA {report} --format json"));
        assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
        valid(&netstat, &ended.stdout);
    }
    let extra = HOME.replace("203.0.113.1 ", "192.0.2.77 ").replace("VIPLCB007101", "OSA9");
    let ended = plex(&[("home.txt", &extra)]).run("drift --live PRODA=home.txt --format json");
    assert_eq!(ended.exit, Exit::Findings, "{}", ended.stderr);
    valid(&schema("drift.schema.json"), &ended.stdout);
}

#[test]
fn a_first_description_comes_out_of_captures() {
    let display = "EZZ8260I SYSPLEX CS V3R1\nVIPA DYNAMIC DISPLAY FROM TCPIP    AT MVSB\nIPADDR: 203.0.113.1  LINKNAME: VIPLCB007101\n\
                   \x20 TCPIP    MVSA     ACTIVE      255.255.255.0   203.0.113.0\n  TCPIP    MVSB     BACKUP 100\n\
                   2 OF 2 RECORDS DISPLAYED\nEND OF THE REPORT\n";
    let conn = "N 4020000 MVSA     26335 07:41:02.38 STC00071 00000090  EZD0101I NETSTAT CS V3R1 TCPIP\n\
                D                                         481 00000090  USER ID  CONN     LOCAL SOCKET           FOREIGN SOCKET         STATE\n\
                D                                         481 00000090  WEBSRV   0000A1B2 0.0.0.0..8080          0.0.0.0..0             LISTEN\n\
                D                                         481 00000090  1 OF 1 RECORDS DISPLAYED\n\
                E                                         481 00000090  END OF THE REPORT\n";
    let files = [("net/mvsa.profile", A), ("caps/d.log", display), ("caps/c.log", conn)];
    let world = vipa(&files);
    let ended = world.run("init net --live caps");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
    let text = world.memory.written.borrow()["net/sysplex.toml"].clone();
    insta::assert_snapshot!(format!("{text}\n{}", ended.stderr));
    // It can be read, and the captures fit it.
    let again = vipa(&files).file("net/sysplex.toml", text).file("net/mvsb.profile", B);
    let ended = again.run("drift --sysplex net/sysplex.toml --live caps");
    assert_eq!(ended.exit, Exit::Clean, "{}{}", ended.stdout, ended.stderr);
    let ended = vipa(&[("net/a.profile", A), ("x.txt", "nothing")]).run("init net --live x.txt");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("x.txt: no report in it"), "{}", ended.stderr);
}

/// The captures of the sample, as docs/live.md has them.
#[test]
fn the_sample_tells_of_its_morning() {
    let world = retail(&["captures/syslog.txt", "captures/tcpipa.tso.txt", "captures/tcpipb.unix.txt"], &[]);
    let ended = world.run("drift --sysplex retail/sysplex.toml --live retail/captures");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Findings, ""), "{}", ended.stdout);
    insta::assert_snapshot!(ended.stdout);
    let ended = world.run("failover --sysplex retail/sysplex.toml --live retail/captures");
    assert!(
        ended.stdout.contains("203.0.113.10 and 203.0.113.11 move from TCPIPB to TCPIPC"),
        "{}",
        ended.stdout
    );
    let line =
        "why request 198.51.100.77 203.0.113.10:443 --sysplex retail/sysplex.toml --live retail/captures";
    let ended = world.run(line);
    assert!(ended.stdout.contains("goes to TCPIP"), "{}", ended.stdout);
}

/// What is no file behind `--live` is for the command; a name that is none is told as such.
#[test]
fn words_behind_live_are_files_as_far_as_they_are() {
    let world = plex(&[("home.txt", HOME)]);
    let before = world.run("netstat PRODA HOME --live PRODA=home.txt");
    assert_eq!(before.exit, Exit::Clean, "{}", before.stderr);
    for line in [
        "netstat --live PRODA=home.txt PRODA HOME",
        "netstat --live PRODA=home.txt PRODA=home.txt PRODA HOME",
        "netstat --live=PRODA=home.txt PRODA HOME",
        "netstat PRODA --live PRODA=home.txt --layout long HOME",
    ] {
        let ended = world.run(line);
        assert_eq!(ended.exit, Exit::Clean, "{line}: {}", ended.stderr);
    }
    let ended = world.run("drift --live home.txt hoem.txt");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("hoem.txt, which --live would read captures from"), "{}", ended.stderr);
    assert!(ended.stderr.contains("did you mean home.txt?"), "{}", ended.stderr);
}

/// JSON of `failover` has traces where they are asked for; the page always has them.
#[test]
fn traces_of_failover_are_asked_for() {
    let world = plex(&[]);
    let short = world.run("failover --format json").stdout;
    let long = world.run("failover --format json --trace").stdout;
    assert!(!short.contains("\"trace\"") && long.contains("\"trace\""));
    assert!(world.run("failover --format html").stdout.contains("How it comes to that"));
}
