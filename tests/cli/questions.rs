//! `run`, `why` and `model`: what the command adds to the answers, whose words are tested where they are made.

use vipa::exit::Exit;

use crate::harness::{Vipa, vipa};

const SYSPLEX: &str = "\
[sysplex]
name = \"PLEX1\"
dialect = \"founding\"
[[stack]]
name = \"TCPIP1\"
profile = \"mvs1.profile\"
[[stack]]
name = \"TCPIP2\"
profile = \"mvs2.profile\"
[[job]]
name = \"APPA\"
stacks = [\"TCPIP1\", \"TCPIP2\"]
[addresses]
DVA1 = \"203.0.113.1\"
";

const MVS1: &str = "\
IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.1
  VIPADISTRIBUTE 203.0.113.1 PORT 80 DESTIP ALL
ENDVIPADYNAMIC
";

const MVS2: &str = "IPCONFIG DYNAMICXCF 10.1.1.2 255.255.255.0 1\n";

fn plex() -> Vipa {
    vipa(&[
        ("plex/sysplex.toml", SYSPLEX),
        ("plex/mvs1.profile", MVS1),
        ("plex/mvs2.profile", MVS2),
        ("plex/good.scenario", "settle\nexpect owner DVA1 = TCPIP1\n"),
        ("plex/bad.scenario", "settle\nexpect owner DVA1 = TCPIP2\n"),
        ("plex/malformed.scenario", "expct owner DVA1 = TCPIP2\n"),
        ("plex/many/a.scenario", "settle\nexpect owner DVA1 = TCPIP1\n"),
        ("plex/many/b/c.scenario", "settle\nexpect owner DVA1 = TCPIP1\n"),
        ("plex/text.md", "# Text\n\n```scenario\nsettle\nexpect owner DVA1 = TCPIP2\n```\n"),
        ("alone.scenario", ""),
    ])
}

#[test]
fn a_scenario_ends_with_what_came_of_it() {
    for (line, exit) in [
        ("run plex/good.scenario", Exit::Clean),
        ("run plex/bad.scenario", Exit::Findings),
        ("run plex/malformed.scenario", Exit::Unusable),
        ("run plex/bad.scenario plex/malformed.scenario", Exit::Unusable),
        ("run plex/many", Exit::Clean),
        ("run plex/text.md", Exit::Findings),
        ("run --sysplex plex alone.scenario", Exit::Clean),
    ] {
        for format in ["text", "json", "junit"] {
            let ended = plex().run(&format!("{line} --format {format}"));
            assert_eq!(ended.exit, exit, "{line} --format {format}: {}{}", ended.stdout, ended.stderr);
        }
    }
}

#[test]
fn every_scenario_of_a_folder_is_run() {
    let ended = plex().run("run plex/many");
    assert!(ended.stdout.starts_with("plex/many/a.scenario\n"), "{}", ended.stdout);
    assert!(ended.stdout.contains("\n\nplex/many/b/c.scenario\n"), "{}", ended.stdout);
    assert!(ended.stdout.ends_with("\n\n2 scenarios: all passed\n"), "{}", ended.stdout);
    let ended = plex().run("run plex/good.scenario plex/bad.scenario");
    assert!(ended.stdout.ends_with("\n\n2 scenarios: 1 failed\n"), "{}", ended.stdout);
}

#[test]
fn errors_of_a_scenario_are_no_results_in_json() {
    let ended = plex().run("run --format json plex/malformed.scenario");
    assert_eq!(ended.stdout, "");
    assert!(ended.stderr.starts_with("error: plex/malformed.scenario:1:1: "), "{}", ended.stderr);
}

#[test]
fn a_scenario_needs_a_sysplex_and_a_folder_scenarios() {
    let ended = plex().run("run alone.scenario");
    assert_eq!(ended.exit, Exit::Unusable);
    assert_eq!(
        ended.stderr,
        "error: there is no sysplex.toml in the current folder or above it\n  help: name one with --sysplex FILE\n"
    );
    let ended = vipa(&[("empty/readme.md", "")]).run("run empty");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.starts_with("error: no scenario found in empty\n  help: "), "{}", ended.stderr);
    let ended = plex().file("plex/none.md", "# No scenario").run("run plex/none.md");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(
        ended.stderr.starts_with("error: no scenario found in plex/none.md\n  help: "),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_refusal_is_an_answer() {
    for line in [
        "why --sysplex plex TCPIP2 APPA bind 203.0.113.1:9000",
        "why TCPIP1 APPA bind 203.0.113.1:80 --sysplex plex",
    ] {
        let ended = plex().run(line);
        assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
        assert!(ended.stdout.contains("\nHow it came to that\n"), "{}", ended.stdout);
    }
}

#[test]
fn a_request_names_client_and_address_only() {
    let ended = plex().run("why request 192.0.2.9 DVA1:80 --sysplex plex --format json");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
    let answer: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(answer["question"], "client 192.0.2.9:49152 connect DVA1:80");
}

#[test]
fn a_question_that_cannot_be_asked() {
    let ended = plex().run("why TCPIP1 APPA dance --sysplex plex");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    let ended = plex().run("why TCPIP7 APPA connect 192.0.2.9:443 --sysplex plex");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert!(ended.stderr.starts_with("error: there is no stack TCPIP7"), "{}", ended.stderr);
}

#[test]
fn why_after_a_scenario() {
    let world = plex().file("plex/down.scenario", "start TCPIP1 TCPIP2\nstop TCPIP1\n");
    let now = world.run("why request 192.0.2.9 DVA1:80 --sysplex plex");
    let after = world.run("why request 192.0.2.9 DVA1:80 --sysplex plex --after plex/down.scenario");
    assert_eq!((now.exit, after.exit), (Exit::Clean, Exit::Clean), "{}", after.stderr);
    assert_ne!(now.stdout, after.stdout);
    let missing = world.run("why request 192.0.2.9 DVA1:80 --sysplex plex --after plex/dwn.scenario");
    assert_eq!(missing.exit, Exit::Unusable);
    assert!(missing.stderr.contains("did you mean plex/down.scenario?"), "{}", missing.stderr);
}

#[test]
fn a_search_within_bounds_ends() {
    let line = "explore --sysplex plex --depth 4 --faults 0 --requests 1";
    let ended = plex().run(line);
    assert_eq!(ended.exit, Exit::Clean, "{}{}", ended.stdout, ended.stderr);
    assert_eq!(ended, plex().run(line), "the same every time");
    let json = plex().run(&format!("{line} --format json"));
    let found: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(found["counterexample"], serde_json::Value::Null);
    let walks = plex().run("explore plex/good.scenario --sysplex plex --seed 7 --walks 3 --depth 5");
    assert_eq!(walks.exit, Exit::Clean, "{}{}", walks.stdout, walks.stderr);
}

#[test]
fn parts_of_a_search_are_put_together() {
    let line = "explore --sysplex plex --faults 0 --requests 1 --format json";
    let whole: serde_json::Value = serde_json::from_str(&plex().run(line).stdout).expect("JSON");
    let part = |n: u32| plex().run(&format!("{line} --shard {n}/2")).stdout;
    let world = plex().file("one.json", part(1)).file("two.json", part(2));
    let merged = world.run("explore --merge one.json two.json --format json");
    assert_eq!(merged.exit, Exit::Clean, "{}", merged.stderr);
    let merged: serde_json::Value = serde_json::from_str(&merged.stdout).expect("JSON");
    assert_eq!((&merged["ended"], &merged["blocks"]), (&whole["ended"], &whole["blocks"]));
    let wrong = world.run("explore --merge plex/good.scenario");
    assert_eq!(wrong.exit, Exit::Unusable);
    assert!(
        wrong.stderr.starts_with("error: plex/good.scenario is no result of a search"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn a_search_that_cannot_be_made() {
    for line in [
        "explore",
        "explore --sysplex plex --shard 5/4",
        "explore --sysplex plex --shard 0/4",
        "explore --walks 3",
    ] {
        assert_eq!(plex().run(line).exit, Exit::Unusable, "{line}");
    }
    let ended = plex().run("explore --sysplex plex plex/malformed.scenario");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.starts_with("error: plex/malformed.scenario:1:1: "), "{}", ended.stderr);
}

#[test]
fn the_model_is_valid_against_its_schema() {
    let schema = plex().run("model --schema");
    let model = plex().run("model --sysplex plex");
    assert_eq!((schema.exit, model.exit), (Exit::Clean, Exit::Clean), "{}", model.stderr);
    let schema = serde_json::from_str(&schema.stdout).expect("JSON");
    let model: serde_json::Value = serde_json::from_str(&model.stdout).expect("JSON");
    assert_eq!(model["stacks"].as_array().map(Vec::len), Some(2));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&model), "{model:#}");
}

#[test]
fn a_configuration_is_asked_for_by_stack() {
    let ended = plex().run("model --sysplex plex --stack TCPIP1 --config");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""));
    let config: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(config["stack"], "TCPIP1");
    assert_eq!(config["config"]["dvipa"]["list"][0]["address"], "203.0.113.1");
    assert!(!ended.stdout.contains("\"at\"") && !ended.stdout.contains("_at\""), "a place: {}", ended.stdout);

    let ended = plex().run("model --sysplex plex --stack TCPIP9 --config");
    assert_eq!(ended.exit, Exit::Unusable);
    assert_eq!(
        ended.stderr,
        "error: there is no stack TCPIP9 in this sysplex\n  help: did you mean TCPIP1?\n"
    );
    for line in ["model --stack TCPIP1", "model --config", "model --schema --config --stack TCPIP1"] {
        assert_eq!(plex().run(line).exit, Exit::Unusable, "{line}");
    }
}
