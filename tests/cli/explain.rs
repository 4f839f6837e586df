//! `explain`: what the command adds to the answers, whose words are tested where they are made.

use vipa::exit::Exit;

use crate::harness::vipa;

#[test]
fn a_name_of_every_kind() {
    for (name, first) in [
        ("vipadist", "VIPADISTRIBUTE (statement)\n"),
        ("sysplexports", "SYSPLEXPORTS in statements\n"),
        ("DVIPA-LOOPBACK", "dvipa-loopback (rule)\n"),
        ("ezz8307i", "EZZ8307I (console message)\n"),
    ] {
        let ended = vipa(&[]).run(&format!("explain {name}"));
        assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""));
        assert!(ended.stdout.starts_with(first), "{}", ended.stdout);
    }
}

#[test]
fn every_format() {
    let markdown = vipa(&[]).run("explain home --format markdown");
    assert!(markdown.stdout.starts_with("# HOME\n"), "{}", markdown.stdout);
    let json = vipa(&[]).run("explain home --format json");
    let value: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(value["statements"][0]["name"], "HOME");
    assert_eq!(value["statements"][0]["kind"], "statement");
    assert_eq!(value["statements"][0]["parameters"][0]["name"], "address");
}

#[test]
fn everything_by_kind() {
    let text = vipa(&[]).run("explain --all");
    assert_eq!(text.exit, Exit::Clean);
    for heading in ["Statements\n", "\nKeywords\n", "\nRules\n", "\nConsole messages\n"] {
        assert!(text.stdout.contains(heading), "{heading}");
    }
    let json = vipa(&[]).run("explain --all --format json");
    let value: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert!(value["rules"]["dvipa-loopback"].is_string());
    assert!(vipa(&[]).run("explain --all --format markdown").stdout.starts_with("# Statements\n"));
}

#[test]
fn an_unknown_name_says_what_is_near() {
    let ended = vipa(&[]).run("explain hmoe");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert_eq!(
        ended.stderr,
        "error: no statement, keyword, rule or message is named hmoe\n  help: did you mean HOME?\n"
    );
    let ended = vipa(&[]).run("explain zzzzzzzzzzzz");
    assert!(ended.stderr.ends_with("  help: vipa explain --all lists what there is\n"), "{}", ended.stderr);
    for line in ["explain", "explain home --all", "explain home --format yaml"] {
        assert_eq!(vipa(&[]).run(line).exit, Exit::Unusable, "{line}");
    }
}
