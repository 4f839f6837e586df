//! The fold agrees with an independent, naive reading of the rules: what each statement of an OBEYFILE adds, replaces, removes, and what the
//! stack refuses, for random sysplexes and random data sets in a random order.
#![allow(missing_docs)]

mod naive_obey;
#[path = "../../tests/property/mod.rs"]
mod property;

use std::collections::BTreeSet;
use std::sync::Arc;

use naive_obey::generate::data_set;
use naive_obey::held::held;
use naive_obey::{Stack, apply};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use vipa_compiler::apply::Kind;
use vipa_compiler::source::SourceText;
use vipa_compiler::statements::Config;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

const NAMES: [&str; 2] = ["TCPIP1", "TCPIP2"];

/// The configuration in the form of the naive reading.
fn of(config: &Config) -> Stack {
    held(&serde_json::to_value(config).unwrap())
}

fn agree(profiles: &[String; 2], steps: &[(usize, String)]) {
    let mut system = MemorySystem::new();
    let stacks: String = NAMES
        .iter()
        .map(|name| {
            format!("[[stack]]\nname = \"{name}\"\nsystem = \"S{name}\"\nprofile = \"{name}.profile\"\n")
        })
        .collect();
    system.insert("sysplex.toml", stacks);
    for (name, profile) in NAMES.iter().zip(profiles) {
        system.insert(format!("{name}.profile"), profile.clone());
    }
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() }).unwrap();
    let snapshot = compiler.snapshot();
    for (which, name) in NAMES.iter().enumerate() {
        let mut naive = Stack::default();
        apply(&mut naive, &profiles[which], false);
        assert_eq!(
            of(&snapshot.folded(name).unwrap().config),
            naive,
            "the profile of {name}:\n{}",
            profiles[which]
        );
        let mine: Vec<&String> =
            steps.iter().filter(|(stack, _)| *stack == which).map(|(_, text)| text).collect();
        let sources: Vec<Arc<SourceText>> =
            mine.iter().map(|text| Arc::new(SourceText::new(text.as_str()))).collect();
        let paths: Vec<Arc<str>> = (0..mine.len()).map(|at| format!("step {at}").into()).collect();
        let done = snapshot.obey(name, &sources).unwrap();
        for (step, text) in done.iter().zip(mine) {
            let refused = apply(&mut naive, text, true);
            let told: BTreeSet<u32> = step
                .changes
                .iter()
                .filter(|change| matches!(change.kind, Kind::Refused | Kind::Ignored))
                .filter_map(|change| snapshot.obey_place(step, &paths, change.at))
                .map(|place| place.start.record)
                .collect();
            let shown = format!("profile:\n{}\nOBEYFILE:\n{text}", profiles[which]);
            assert_eq!(of(&step.config), naive, "{shown}");
            assert_eq!(told, refused, "records of which something is refused, {shown}");
        }
    }
}

proptest! {
    #![proptest_config(property::cases(400))]

    #[test]
    fn the_fold_agrees_with_a_naive_reading(
        one in data_set(false),
        two in data_set(false),
        steps in prop::collection::vec((0..2usize, data_set(true)), 1..5),
    ) {
        agree(&[one, two], &steps);
    }
}

/// Nothing is shown by data sets of which the stack refuses nothing.
#[test]
fn the_data_sets_reach_every_refusal() {
    let mut runner = TestRunner::deterministic();
    let mut words: BTreeSet<String> = BTreeSet::new();
    for _ in 0..1000 {
        let mut stack = Stack::default();
        apply(&mut stack, &data_set(false).new_tree(&mut runner).unwrap().current(), false);
        for _ in 0..2 {
            let text = data_set(true).new_tree(&mut runner).unwrap().current();
            let lines: Vec<&str> = text.lines().collect();
            let refused = apply(&mut stack, &text, true);
            let first = |record: u32| lines[record as usize - 1].split(' ').next().unwrap_or("").to_owned();
            words.extend(refused.into_iter().map(first).filter(|word| !word.is_empty()));
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(
        words,
        [
            "DELETE",
            "DEVICE",
            "GLOBALCONFIG",
            "HOME",
            "INTERFACE",
            "IPCONFIG",
            "IPSEC",
            "LINK",
            "PORT",
            "PORTRANGE",
            "PRIMARYINTERFACE",
            "ROUTE",
            "SRCIP",
            "START",
            "STOP",
            "TCPCONFIG",
            "UDPCONFIG",
            "VIPABACKUP",
            "VIPADEFINE",
            "VIPADELETE",
            "VIPADISTRIBUTE",
            "VIPARANGE",
            "VIPAROUTE"
        ]
    );
}
