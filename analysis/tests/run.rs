//! `run`: the worked example end to end, and what is said about expectations that are not met and names that nobody has.

mod common;

use common::{addresses, figure6};
use compiler::apply::Refused;
use grammar::scenario::parse;
use runtime_model::model::{Model, StackModel};
use vipa_analysis::obey::{NoObeyFiles, ObeySource};
use vipa_analysis::run::{self, Run, World};

fn play(model: &Model, text: &str) -> Run {
    let addresses = addresses();
    let world = World { model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    run::run(&world, "test.scenario", &parse(text))
}

fn page(model: &Model, text: &str, trace: bool) -> String {
    run::text::render(&play(model, text), &addresses(), trace)
}

const THREE: &str = "\
; three instances of APPA open connections to one server
TCPIP1 APPA connect SERVER:443 as C1
=> source DVA1 port ephemeral stack TCPIP1
TCPIP2 APPA connect SERVER:443 as C2
=> source DVA1 via F7:755
TCPIP4 APPA connect SERVER:443 as C4
=> source DVA1
expect owner DVA1 = TCPIP1
expect ports DVA1 = 1025-1027
expect ports DVA1 on TCPIP2 = 1026
expect connections TCPIP4 = 1
close C2
expect ports DVA1 = 1025 1027
expect connection C2 = ended
fail TCPIP1
expect owner DVA1 = TCPIP2
expect status TCPIP4 DVA1 = target
expect ports DVA1 = 1027
expect quiescent
";

#[test]
fn three_instances_never_share_a_tuple_and_nothing_leaks() {
    let run = play(&figure6(true), THREE);
    assert_eq!(run.errors, []);
    assert_eq!(run.failures, []);
    assert_eq!((run.checks, run.passed()), (13, true));
    assert_eq!(run.events.len(), 6, "the start of all stacks and five lines");
}

#[test]
fn without_clusterports_the_same_requests_clash() {
    let run = play(
        &figure6(false),
        "TCPIP1 APPA connect SERVER:443\n=> source DVA1 port 1025\nTCPIP2 APPA connect SERVER:443\n=> source DVA1 port 1025\n",
    );
    assert_eq!(run.failures, []);
}

#[test]
fn text_for_people() {
    insta::assert_snapshot!(page(&figure6(true), THREE, false));
}

#[test]
fn text_with_the_path() {
    let text = "TCPIP2 APPA connect SERVER:443 as C2\nTCPIP3 APPA connect SERVER:443\n=> refused EADDRNOTAVAIL via F7:740\n";
    insta::assert_snapshot!(page(&figure6(true), text, true));
}

#[test]
fn json_is_one_object_for_each_event() {
    let run = play(&figure6(true), "TCPIP2 APPA connect 192.0.2.9:443 as C2\n=> source DVA1\nclose C2\n");
    let text = run::json::render(&run).unwrap();
    assert_eq!(text.lines().count(), 2);
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(first["line"], 1);
    assert_eq!(first["event"], "TCPIP2 APPA connect 192.0.2.9:443 as C2");
    assert_eq!(first["ok"], true);
    assert_eq!(first["outcome"]["source"], "203.0.113.1");
    assert_eq!(first["outcome"]["port"], 1025);
    assert_eq!(first["outcome"]["stack"], "TCPIP2");
    assert_eq!(first["outcome"]["errno"], serde_json::Value::Null);
    assert_eq!(first["outcome"]["messages"], serde_json::json!([]));
    assert_eq!(first["trace"][0]["at"], "F7:700");
    assert_eq!(first["trace"][0]["answer"], "no");
    let mut keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["assumptions", "event", "line", "ok", "outcome", "trace"]);
}

#[test]
fn expectations_that_are_not_met() {
    let text = "\
TCPIP2 APPA connect SERVER:443 as C2
=> source DVB1 port 99 stack TCPIP1 via F7:760
=> refused EADDRINUSE
=> waits
=> message EZZ8301I
TCPIP3 APPA connect SERVER:443
=> source DVA1
=> refused EINVAL taken by via F11:1110
expect owner DVA1 = none
expect status TCPIP2 DVA1 = active
expect ports DVA1 = none
expect ports DVA1 on TCPIP2 = 1-3 9
expect targets DVA1:60 = TCPIP1 TCPIP2
expect route 198.51.100.77:4000 to DVA1:60 = held
expect connections TCPIP2 = 2
expect connection C2 = ended
";
    let run = play(&figure6(true), text);
    assert!(run.events.iter().skip(1).all(|event| !event.ok));
    let all: Vec<String> =
        run.failures.iter().map(|failure| format!("{}: {}", failure.line, failure.message)).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn mistakes_are_found_before_anything_runs() {
    let text = "\
expect owner DVA1 = TCPIP1
=> source DVA1
fail TCPIP7
fail system MVS7
fail cpc CPC9
TCPIP1 APPZ connect SERVER:443
TCPIP1 APPA connect SERVR:443
TCPIP1 APPA connect *:443
TCPIP1 APPA connect SERVER:443 from S1 as C1
close C9
expect owner 203.0.113.99 = TCPIP1
expect owner 203.0.113.130 = none
obey TCPIP1 obey/none
weight TCPIP1 APPA 70000
weight TCPIP1 APPA x
";
    let run = play(&figure6(true), text);
    assert!(run.events.is_empty() && run.failures.is_empty() && !run.passed());
    let all: Vec<String> = run.errors.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_start_line_first_starts_only_these() {
    let run = play(
        &figure6(true),
        "start TCPIP2\nexpect owner DVA1 = none\nstart TCPIP1\nexpect owner DVA1 = TCPIP1\n",
    );
    assert_eq!((run.failures.as_slice(), run.errors.as_slice()), (&[][..], &[][..]));
    assert_eq!(run.events[0].line, Some(1));
}

#[test]
fn junit_holds_failures_and_errors() {
    let model = figure6(true);
    let runs = [play(&model, "fail TCPIP1\nexpect owner DVA1 = TCPIP4\n"), play(&model, "fail <&>\n")];
    insta::assert_snapshot!(run::junit::render(&runs));
}

/// An OBEYFILE that makes TCPIP3 a second definer of an address of its own.
struct OneFile;

impl ObeySource for OneFile {
    fn obey(&self, stack: &str, files: &[String], _: &[Refused]) -> Result<StackModel, String> {
        let model = figure6(true);
        let mut config = model.stacks.iter().find(|one| one.name == stack).cloned().unwrap();
        assert_eq!(files, ["obey/add"]);
        let mut new = model.stacks[0].dvipas[0].clone();
        new.address = common::ip("203.0.113.7");
        config.dvipas.push(new);
        Ok(config)
    }
}

#[test]
fn an_obeyfile_takes_effect_and_its_addresses_can_be_named() {
    let (model, addresses) = (figure6(true), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &OneFile, begin: None };
    let run = run::run(&world, "f", &parse("obey TCPIP3 obey/add\nexpect owner 203.0.113.7 = TCPIP3\n"));
    assert_eq!((run.failures.as_slice(), run.errors.as_slice()), (&[][..], &[][..]));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let model = figure6(true);
    assert_eq!(page(&model, THREE, true), page(&model, THREE, true));
}

#[test]
fn markdown_runs_block_by_block_with_lines_of_the_file() {
    let text = "# Takeover\n\n```scenario the backup takes over\nfail TCPIP1\nexpect owner DVA1 = TCPIP2\n```\n\n```scenario\nexpect\n```\n";
    let (model, addresses) = (figure6(true), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let runs = run::run_text(&world, "specs/takeover.md", text);
    let seen: Vec<(&str, usize, Option<u32>)> = runs
        .iter()
        .map(|run| (run.title.as_str(), run.checks, run.errors.first().map(|error| error.line)))
        .collect();
    assert_eq!(seen, [("the backup takes over", 1, None), ("", 0, Some(9))]);
    assert_eq!(runs[0].events[1].line, Some(4));
    assert_eq!(run::run_text(&world, "f.scenario", "fail TCPIP1\n").len(), 1);
}
