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
