//! The published exit codes.

use vipa::exit::Exit;

use crate::harness::vipa;

const CLEAN: &str = "PORT 23 TCP TN3270\n";
const MISSPELT: &str = "SOURECEIPA\n";

#[test]
fn a_clean_profile_is_0() {
    let ended = vipa(&[("a.profile", CLEAN)]).run("lint a.profile");
    assert_eq!(ended.stdout, "No findings (1 file, 1 stack).\n");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""));
}

#[test]
fn an_empty_profile_is_0() {
    for empty in ["", "\n\n", "; nothing\n"] {
        let ended = vipa(&[("a.profile", empty)]).run("lint a.profile");
        assert_eq!(ended.exit, Exit::Clean, "{}", ended.stdout);
    }
}

#[test]
fn an_error_is_1_unless_the_level_is_never() {
    let world = vipa(&[("a.profile", MISSPELT)]);
    assert_eq!(world.run("lint a.profile").exit, Exit::Findings);
    assert_eq!(world.run("lint --fail-level warning a.profile").exit, Exit::Findings);
    assert_eq!(world.run("lint --fail-level never a.profile").exit, Exit::Clean);
    assert_eq!(
        world.run("lint --fail-level never a.profile").stdout,
        world.run("lint a.profile").stdout,
        "the level changes the exit code, nothing else"
    );
}

#[test]
fn a_description_may_set_the_level_and_the_command_line_wins() {
    let with = |level: &str| {
        let description = format!(
            "[sysplex]\nname = \"P\"\n[[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n[lint]\nfail-level = \"{level}\"\n"
        );
        vipa(&[("sysplex.toml", &description), ("a.profile", MISSPELT)])
    };
    assert_eq!(with("never").run("lint").exit, Exit::Clean);
    assert_eq!(with("never").run("lint --fail-level error").exit, Exit::Findings);
    assert_eq!(with("error").run("lint").exit, Exit::Findings);
    assert_eq!(with("error").run("lint --fail-level never").exit, Exit::Clean);
}

#[test]
fn rules_and_dialect_can_be_chosen() {
    let world = vipa(&[("a.profile", MISSPELT)]);
    assert_eq!(world.run("lint --ignore unknown-statement a.profile").exit, Exit::Clean);
    assert_eq!(world.run("lint --select value-out-of-range a.profile").exit, Exit::Clean);
    assert_eq!(world.run("lint --select unknown-statement a.profile").exit, Exit::Findings);
    let founding = vipa(&[("a.profile", "SOURCEIPA 203.0.113.1 APPA\n")]);
    let rules = |line: &str| founding.run(line).stdout.contains("[founding-word]");
    assert!(rules("lint --format concise a.profile"));
    assert!(!rules("lint --format concise --dialect founding a.profile"));
    assert_eq!(founding.run("lint --release V3R1 --format concise a.profile").exit, Exit::Findings);
    assert_eq!(founding.run("lint --release 1.1 a.profile").exit, Exit::Unusable);
}

#[test]
fn usage_is_2() {
    let world = vipa(&[("a.profile", CLEAN)]);
    for line in
        ["", "lint --no-such-option", "lint --format yaml", "lint --quiet --verbose", "no-such-command"]
    {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(!ended.stderr.is_empty(), "{line}");
    }
}

#[test]
fn help_and_version_are_0_and_results() {
    let world = vipa(&[]);
    for line in ["--help", "--version", "lint --help", "completions bash", "completions powershell", "man"] {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""), "{line}");
        assert!(ended.stdout.contains("vipa"), "{line}");
    }
}

#[test]
fn a_mistake_of_ours_is_101_with_what_to_report() {
    let ended = vipa(&[("panic.profile", "")]).run("lint panic.profile");
    assert_eq!(ended.exit, Exit::Internal);
    assert!(ended.stderr.contains("vipa: internal error: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("arguments: lint panic.profile"), "{}", ended.stderr);
}

#[test]
fn the_codes_are_the_published_ones() {
    let codes = [Exit::Clean, Exit::Findings, Exit::Unusable, Exit::Internal].map(Exit::code);
    assert_eq!(codes, [0, 1, 2, 101]);
}

#[test]
fn what_is_not_sure_can_be_left_out() {
    // Told by a source, derived from one, and told by none.
    let text = "SOMAXCON 5\nIPCONFIG6 IPSECURITY\nIPCONFIG TTL 400\n";
    let world = vipa(&[("a.profile", text)]);
    let told = |line: &str| world.run(&format!("lint --format concise {line}")).stdout.lines().count();
    assert_eq!(told(""), 3);
    let levels = ["unconfirmed", "inferred", "documented"];
    assert_eq!(levels.map(|level| told(&format!("--min-confidence {level}"))), [3, 2, 1]);
}
