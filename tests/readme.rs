//! The README tells the truth: what it shows is what the command prints, and its commands are those that are tested.
#![allow(missing_docs, clippy::disallowed_methods, reason = "reads the repository's own files")]

use std::process::Command;

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The fenced blocks of a kind.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == format!("```{kind}") {
            blocks.push(lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n"));
        }
    }
    blocks
}

fn print_of(args: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_vipa"))
        .args(args.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_is_printed_like_that() {
    let mut shown = 0;
    for block in blocks(&read("README.md"), "text") {
        let (command, expected) = block.split_once('\n').unwrap();
        let args = command.strip_prefix("$ vipa ").unwrap_or_else(|| panic!("not a command: {command}"));
        let printed = print_of(args);
        assert!(printed.contains(expected), "`{command}` does not print\n{expected}\nbut\n{printed}");
        shown += 1;
    }
    assert_eq!(shown, 2, "a finding and a why");
}

#[test]
fn the_two_commands_are_all_the_set_up() {
    let commands = blocks(&read("README.md"), "sh");
    assert_eq!(commands, ["cargo run --release -- lint --fail-level never samples/figure6\ncargo test"]);
    let ci = read(".ci/run");
    assert!(ci.lines().any(|line| line == "cargo test"), ".ci/run runs the README's test command");
}

#[test]
fn the_first_command_shows_the_findings_and_ends_with_zero() {
    let output = Command::new(env!("CARGO_BIN_EXE_vipa"))
        .args(["lint", "--fail-level", "never", "samples/figure6"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("distribute-without-definition") && printed.contains("unknown-statement"));
}

#[test]
fn links_lead_somewhere() {
    let text = read("README.md");
    for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
        assert!(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(target).exists(),
            "{target} is not there"
        );
    }
}

#[test]
fn the_samples_without_mistakes_have_no_findings() {
    for sample in ["samples/retail", "samples/figure6-corrected", "samples/explore"] {
        let output = Command::new(env!("CARGO_BIN_EXE_vipa"))
            .args(["lint", "--fail-level", "info", sample])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{sample}: {printed}");
    }
}
