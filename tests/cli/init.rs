//! `vipa init`: what it makes of a folder, and that it can be read.

use vipa::exit::Exit;

use crate::harness::{Vipa, vipa};

const MAIN: &str = "\
INCLUDE SYS1.TCPPARMS(PORTS)
INCLUDE SYS1.TCPPARMS(HOSTS)
INCLUDE 'SYS1.COMMON(SPECIAL)'
INCLUDE NOT.THERE
IPCONFIG DYNAMICXCF 10.&NET..0.&SYSCLONE. 255.255.255.0 1
";

fn folder() -> Vec<(&'static str, &'static str)> {
    vec![
        ("net/mvs1.profile", MAIN),
        ("net/mvs2/profile", "PORT 23 TCP TN3270\n"),
        ("net/1-test.profile", "AUTOLOG 5 FTPD JOBNAME FTPD1 ENDAUTOLOG\n"),
        ("net/mvs1.prof", "; a second one of that name\n"),
        ("net/parms/PORTS", "PORT 20 TCP OMVS\n 80 TCP WEB*\n"),
        ("net/parms/hosts", "DEVICE &DEV. VIRTUAL 0\n"),
        ("net/other/special.txt", "SOMAXCONN 1024\n"),
        ("net/obey/addport", "PORT 81 TCP WEB2\n"),
        ("net/README.md", "# Net\n"),
        ("net/inner/sysplex.toml", ""),
        ("net/inner/x.profile", "PORT 23 TCP TN3270\n"),
    ]
}

/// The same files with the description that was written.
fn with(world: &Vipa, files: &[(&str, &str)]) -> Vipa {
    let text = world.memory.written.borrow()["net/sysplex.toml"].clone();
    vipa(files).file("net/sysplex.toml", text)
}

#[test]
fn a_folder_becomes_a_description() {
    let world = vipa(&folder());
    let ended = world.run("init net");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""));
    insta::assert_snapshot!(format!(
        "{}\n{}",
        world.memory.written.borrow()["net/sysplex.toml"],
        ended.stderr
    ));
}

#[test]
fn it_can_be_read_and_names_what_there_is() {
    let files = folder();
    let world = vipa(&files);
    assert_eq!(world.run("init net").exit, Exit::Clean);
    let ended = with(&world, &files).run("lint net --format concise");
    // What is missing is missing: symbols without a value, and one data set.
    for line in ended.stdout.lines() {
        assert!(line.contains("NOT.THERE") || line.contains("symbol"), "{line}");
    }
    assert!(ended.stdout.contains("NOT.THERE"), "{}", ended.stdout);
    let ended = with(&world, &files).run("lint net --show-files");
    assert!(ended.stdout.contains("net/parms/hosts"), "{}", ended.stdout);
    assert!(ended.stdout.contains("net/other/special.txt"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("obey"), "{}", ended.stdout);
}

#[test]
fn founding_profiles_are_recognised() {
    let files = [("net/mvs1", "VIPADEFINE MOVEable IMMEDIATE DVA1\nSOURCEIPA DVA1 APPA\n")];
    let world = vipa(&files);
    assert_eq!(world.run("init net").exit, Exit::Clean);
    assert!(world.memory.written.borrow()["net/sysplex.toml"].contains("dialect = \"founding\""));
}

#[test]
fn odd_names_of_files_are_quoted() {
    let files = [("net/a\"b[1].profile", "PORT 80 TCP A\n"), ("net/obey/{x}", "PORT 81 TCP A\n")];
    let world = vipa(&files);
    assert_eq!(world.run("init net").exit, Exit::Clean);
    let ended = with(&world, &files).run("lint net --format concise");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""));
}

#[test]
fn nothing_is_overwritten() {
    let world = vipa(&[("net/sysplex.toml", "# mine\n"), ("net/a.profile", "")]);
    let ended = world.run("init net");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("net/sysplex.toml is there already"), "{}", ended.stderr);
    assert!(world.memory.written.borrow().is_empty());
}

#[test]
fn the_current_folder_when_none_is_named() {
    let world = vipa(&[("a.profile", "SOMAXCONN 1024\n"), ("b.profile", "SOMAXCONN 1024\n")]);
    let apart = world.run("lint");
    assert!(apart.stderr.ends_with("vipa init writes a first one\n"), "{}", apart.stderr);
    assert!(apart.stderr.contains("note: 2 profiles were checked each by itself"), "{}", apart.stderr);
    assert!(!world.run("lint a.profile").stderr.contains("note:"));
    assert!(!world.run("lint --isolated a.profile b.profile").stderr.contains("note:"));
    let ended = world.run("init");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
    assert!(ended.stderr.ends_with("then run vipa lint.\n"), "{}", ended.stderr);
    let text = world.memory.written.borrow()["sysplex.toml"].clone();
    let together = world.file("sysplex.toml", text).run("lint");
    assert!(!together.stderr.contains("note:"), "{}", together.stderr);
}

#[test]
fn bad_input_is_2() {
    let world = vipa(&[("a.profile", ""), ("empty/README.md", ""), ("locked/a.profile", "")]);
    for (line, what) in [
        ("init a.profile", "a.profile is a file"),
        ("init nowhere", "no file or folder named nowhere"),
        ("init empty", "no TCP/IP profile found in empty"),
        ("init locked", "cannot write locked/sysplex.toml"),
    ] {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(ended.stderr.contains(what), "{line}: {}", ended.stderr);
    }
    assert!(world.run("init --help").stdout.contains("INCLUDE"));
}
