//! Steps and messages between two events: holds, delays, and `mode fine`.

mod common;

use common::{addresses, figure6};
use grammar::scenario::parse;
use vipa_analysis::obey::NoObeyFiles;
use vipa_analysis::run::{self, World};

/// Runs a scenario and gives what was not met.
fn unmet(text: &str) -> Vec<String> {
    let (model, addresses) = (figure6(true), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let run = run::run(&world, "steps.scenario", &parse(text));
    let errors = run.errors.iter().map(ToString::to_string);
    let failures = run.failures.iter().map(|failure| format!("{}: {}", failure.line, failure.message));
    errors.chain(failures).collect()
}

#[test]
fn a_second_stack_waits_for_the_lock_and_gets_another_port() {
    let text = "\
hold TCPIP1 at lock
TCPIP1 APPA connect SERVER:443 as C1
=> waits
TCPIP2 APPA connect SERVER:443 as C2
=> waits
expect connection C2 = ended
release TCPIP1
=> source DVA1 port 1025 stack TCPIP1
expect connection C2 = open
expect ports DVA1 = 1025 1026
";
    assert_eq!(unmet(text), Vec::<String>::new());
}

#[test]
fn a_stack_that_fails_with_the_lock_leaves_it_free() {
    let text = "\
hold TCPIP4 at revise
TCPIP4 APPA connect SERVER:443 as C1
=> waits
TCPIP2 APPA connect SERVER:443 as C2
=> waits
fail TCPIP4
expect connection C2 = open
expect ports DVA1 = 1025
";
    assert_eq!(unmet(text), Vec::<String>::new());
}

#[test]
fn a_delayed_report_comes_later() {
    let text = "\
delay TCPIP2 to TCPIP1
TCPIP2 APPA listen DVA1:60 as L
expect targets DVA1:60 = none
client 198.51.100.77:4000 connect DVA1:60
=> refused ECONNREFUSED
deliver TCPIP2 to TCPIP1
expect targets DVA1:60 = TCPIP2
delay TCPIP4 to TCPIP1
TCPIP4 APPA listen *:60 as M
expect targets DVA1:60 = TCPIP2
deliver all
expect targets DVA1:60 = TCPIP2 TCPIP4
unlisten L
";
    let with_owner = text.replace("unlisten L", "TCPIP2 APPA unlisten L\nexpect targets DVA1:60 = TCPIP4");
    assert_eq!(unmet(&with_owner), Vec::<String>::new());
}

#[test]
fn fine_mode_takes_one_step_at_a_time_and_settle_the_rest() {
    let text = "\
settle
mode fine
TCPIP1 APPA connect SERVER:443 as C1
=> waits
expect quiescent
step TCPIP1
step TCPIP1
expect connection C1 = ended
settle
expect connection C1 = open
expect quiescent
mode whole
TCPIP2 APPA connect SERVER:443 as C2
=> source DVA1 port 1026
";
    assert_eq!(unmet(text), ["5: expected nothing under way, but a message or a step waits"]);
}

#[test]
fn a_start_behind_a_mode_line_starts_only_these() {
    assert_eq!(unmet("mode fine\nstart TCPIP1\nstart TCPIP2\n=> accepted\n"), Vec::<String>::new());
}
