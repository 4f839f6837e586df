//! `vipa coverage`: what is counted, what is named, how it ends.

use vipa::exit::Exit;

use crate::harness::vipa;

const PROFILE: &str = "\
; of every kind
PORT 443 TCP WEB1 SHAREPORT
     80 TCP WEB2 SHAREPORT
AUTOLOG 5 FTPD ENDAUTOLOG
HOEM 10.1.1.1 L1
FROBNICATE 12
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.1
  VIPADISTRIBUTE DISTM NONSENSEWORD 203.0.113.1 PORT 443 DESTIP ALL
ENDVIPADYNAMIC
HOSTNAME MVS1
";

#[test]
fn statements_by_state_and_the_places_of_gaps() {
    let ended = vipa(&[("a.profile", PROFILE)]).run("coverage");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""));
    insta::assert_snapshot!(ended.stdout);
}

#[test]
fn as_json() {
    let ended = vipa(&[("a.profile", PROFILE)]).run("coverage --format json a.profile");
    let value: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(value["format_version"], "1.0");
    assert_eq!(value["total"]["unknown"], 2);
    assert_eq!(value["gaps"][0]["record"], 5);
    let port = value["statements"].as_array().expect("a list").iter().find(|it| it["name"] == "PORT");
    let port = port.expect("PORT");
    assert_eq!((port["state"].as_str(), port["count"].as_u64()), (Some("modelled"), Some(1)));
    let share = port["keywords"].as_array().expect("a list").iter().find(|it| it["name"] == "SHAREPORT");
    assert_eq!(share.expect("SHAREPORT")["count"], 2);
}

#[test]
fn too_little_is_1() {
    let world =
        vipa(&[("a.profile", PROFILE), ("b.profile", "PORT 443 TCP WEB1\n"), ("c.profile", "; nothing\n")]);
    let ended = world.run("coverage --fail-under 90 a.profile");
    assert_eq!(ended.exit, Exit::Findings);
    assert!(ended.stderr.contains("--fail-under wants 90 %"), "{}", ended.stderr);
    assert_eq!(world.run("coverage --fail-under 10% a.profile").exit, Exit::Clean);
    assert_eq!(world.run("coverage --fail-under 100 b.profile").exit, Exit::Clean);
    assert_eq!(
        world.run("coverage --fail-under 100 c.profile").exit,
        Exit::Clean,
        "nothing is understood whole"
    );
}

#[test]
fn a_file_counts_once() {
    let toml = "[sysplex]\nname = \"P\"\nincludes = { \"A.B\" = \"m/\" }\n\
        [[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n[[stack]]\nname = \"B\"\nprofile = \"b.profile\"\n";
    let include = "INCLUDE A.B(PORTS)\n";
    let world = vipa(&[
        ("sysplex.toml", toml),
        ("a.profile", include),
        ("b.profile", include),
        ("m/PORTS", "PORT 80 TCP A\n"),
    ]);
    let ended = world.run("coverage");
    assert!(ended.stdout.contains("modelled    1  PORT"), "{}", ended.stdout);
    assert!(ended.stdout.contains("3 statements in 3 files"), "{}", ended.stdout);
    let ended = world.run("coverage m");
    assert!(ended.stdout.contains("1 statement in 1 file:"), "{}", ended.stdout);
}

#[test]
fn bad_input_is_2() {
    let world = vipa(&[("a.profile", PROFILE)]).file("b.profile", vec![0, 1, 2]);
    for line in
        ["coverage b.profile", "coverage c.profile", "coverage --fail-under 101", "coverage --fail-under x"]
    {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(!ended.stderr.is_empty(), "{line}");
    }
    assert!(world.run("coverage --help").stdout.contains("--fail-under"));
}
