//! For random sysplexes and random OBEYFILEs in a random order, `plan` agrees with an independent, naive reading of what each statement
//! adds, replaces and is refused; a start from the profile that it writes gives the configuration that it ends with, wherever a start can
//! give it at all, and is listed as different where it cannot; and its way back leads back where it says so.
#![allow(missing_docs)]

#[path = "../../compiler/tests/naive_obey/mod.rs"]
mod naive_obey;
#[path = "../../tests/property/mod.rs"]
mod property;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::apply::{Facts, Kind};
use compiler::running::Running;
use compiler::source::SourceText;
use compiler::statements::Config;
use compiler::system::MemorySystem;
use compiler::{Compiler, Request, Settings, Snapshot};
use naive_obey::generate::data_set;
use naive_obey::held::held;
use naive_obey::write::can_be_started;
use naive_obey::{Stack, apply};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use vipa_analysis::names::Addresses;
use vipa_analysis::obey::NoObeyFiles;
use vipa_analysis::plan::{Ask, Plan, Step, StepReport, plan};
use vipa_analysis::run::World;

const NAMES: [&str; 3] = ["TCPIP1", "TCPIP2", "TCPIP3"];

type Profiles = [String; 3];

fn sysplex() -> impl Strategy<Value = (Profiles, Vec<(usize, String)>)> {
    let steps = prop::collection::vec((0..NAMES.len(), data_set(true)), 1..5);
    ([data_set(false), data_set(false), data_set(false)], steps)
}

fn load(profiles: &Profiles) -> (MemorySystem, Snapshot) {
    let mut system = MemorySystem::new();
    let mut toml = String::new();
    for (name, profile) in NAMES.iter().zip(profiles) {
        toml.push_str(&format!(
            "[[stack]]\nname = \"{name}\"\nsystem = \"S{name}\"\nprofile = \"{name}.profile\"\n"
        ));
        system.insert(format!("{name}.profile"), profile.clone());
    }
    system.insert("sysplex.toml", toml);
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() }).unwrap();
    let snapshot = compiler.snapshot();
    (system, snapshot)
}

/// A configuration in the form of the naive reading.
fn of(config: &Config) -> Stack {
    held(&serde_json::to_value(config).unwrap())
}

fn planned(system: &MemorySystem, snapshot: &Snapshot, steps: &[Step]) -> Plan {
    let (model, addresses) = (snapshot.model(), Addresses::new(&BTreeMap::new()));
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    plan(&world, &Ask { snapshot, system, after: None, before: &[], steps }).unwrap()
}

fn steps_of(steps: &[(usize, String)]) -> Vec<Step> {
    let one = |(number, (stack, text)): (usize, &(usize, String))| Step {
        stack: NAMES[*stack].to_owned(),
        path: format!("step{number}.obey"),
        source: Arc::new(SourceText::new(text.as_str())),
    };
    steps.iter().enumerate().map(one).collect()
}

/// Records of statements that are refused, or in part.
fn told(step: &StepReport) -> BTreeSet<u32> {
    let no = |kind: Kind| matches!(kind, Kind::Refused | Kind::Ignored);
    let refused = step.statements.iter().filter(|one| one.effects.iter().any(|effect| no(effect.kind)));
    refused.map(|one| one.record).collect()
}

/// The record in which the statement of a record begins.
fn begins(text: &str, record: u32) -> u32 {
    let lines: Vec<&str> = text.lines().take(record as usize).collect();
    let first = lines.iter().rposition(|line| !line.starts_with([' ', ';']));
    first.map_or(0, |at| at as u32 + 1)
}

fn agree(profiles: &Profiles, steps: &[(usize, String)]) {
    let (system, snapshot) = load(profiles);
    let mut naive: Vec<Stack> = vec![Stack::default(); NAMES.len()];
    for (stack, profile) in naive.iter_mut().zip(profiles) {
        apply(stack, profile, false);
    }
    let asked = steps_of(steps);
    let plan = planned(&system, &snapshot, &asked);
    assert_eq!(plan.steps.len(), steps.len());
    for (report, (which, text)) in plan.steps.iter().zip(steps) {
        let before = naive[*which].sorted();
        let refused = apply(&mut naive[*which], text, true);
        let shown = || shown(profiles, steps, *which);
        let refused: BTreeSet<u32> = refused.into_iter().map(|record| begins(text, record)).collect();
        assert_eq!(told(report), refused, "records of {} with a refusal, {}", report.obeyfile, shown());
        let changes = before != naive[*which].sorted();
        // Of a password the naive reading holds only that there is one.
        let told = report.configuration.iter().filter(|line| !line.text().contains(": another "));
        assert_eq!(told.count() > 0, changes, "{}: {:?} {}", report.obeyfile, report.configuration, shown());
    }
    let mut written = profiles.clone();
    for one in &plan.stacks {
        let which = NAMES.iter().position(|name| *name == one.stack).unwrap();
        written[which].clone_from(&one.profile.text);
        let differs: Vec<String> =
            one.profile.differs.iter().map(|line| format!("{:?} {}", line.sign, line.text())).collect();
        assert_eq!(
            differs.is_empty(),
            can_be_started(&naive[which]),
            "a start of {} can give what the plan ends with, or the plan says {differs:?}\nwritten:\n{}\n{}",
            one.stack,
            one.profile.text,
            shown(profiles, steps, which)
        );
        // A profile says what is, not how it came about.
        let takes_off = |text: &str| text.contains("VIPADISTRIBUTE DEL");
        assert!(
            takes_off(&profiles[which]) || !takes_off(&one.profile.text),
            "written:\n{}\n{}",
            one.profile.text,
            shown(profiles, steps, which)
        );
        let comments = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("; keep")).map(str::to_owned).collect()
        };
        assert_eq!(
            comments(&one.profile.text),
            comments(&profiles[which]),
            "{}",
            shown(profiles, steps, which)
        );
    }
    let (_, started) = load(&written);
    for one in plan.stacks.iter().filter(|one| one.profile.differs.is_empty()) {
        let which = NAMES.iter().position(|name| *name == one.stack).unwrap();
        assert_eq!(
            of(&started.folded(&one.stack).unwrap().config).sorted(),
            naive[which].sorted(),
            "written:\n{}\n{}",
            one.profile.text,
            shown(profiles, steps, which)
        );
    }
    back(&system, &snapshot, &plan, &asked, profiles);
}

/// A way back that is said to be complete leads back.
fn back(system: &MemorySystem, snapshot: &Snapshot, plan: &Plan, asked: &[Step], profiles: &Profiles) {
    let mut running = Running::new(snapshot);
    for step in asked {
        running.obey(&step.stack, &step.path, &step.source, system, &Facts::default()).unwrap();
    }
    for one in plan.stacks.iter().filter(|one| one.undo.complete) {
        for text in &one.undo.data_sets {
            let source = Arc::new(SourceText::new(text.as_str()));
            running.obey(&one.stack, "back", &source, system, &Facts::default()).unwrap();
        }
        let which = NAMES.iter().position(|name| *name == one.stack).unwrap();
        let mut naive = Stack::default();
        apply(&mut naive, &profiles[which], false);
        let (held, wanted) = (of(running.config(&one.stack).unwrap()), naive);
        let (held, wanted) = (held.without_defaults().sorted(), wanted.without_defaults().sorted());
        assert_eq!(held, wanted, "{:?}", one.undo.data_sets);
    }
}

fn shown(profiles: &Profiles, steps: &[(usize, String)], which: usize) -> String {
    let steps = steps.iter().filter(|(stack, _)| *stack == which);
    let steps: String = steps.map(|(_, text)| format!("OBEYFILE:\n{text}")).collect();
    format!("profile:\n{}\n{steps}", profiles[which])
}

#[test]
fn the_plan_agrees_with_a_naive_reading() {
    TestRunner::new(property::cases(150))
        .run(&sysplex(), |(profiles, steps)| {
            agree(&profiles, &steps);
            Ok(())
        })
        .unwrap();
}

/// Nothing is shown about written profiles where a start could not give the configuration anyway.
#[test]
fn a_start_can_give_most_of_what_the_steps_end_with() {
    let mut runner = TestRunner::new(property::cases(1));
    let (mut all, mut can) = (0, 0);
    for _ in 0..300 {
        let (profiles, steps) = sysplex().new_tree(&mut runner).unwrap().current();
        let mut stack = Stack::default();
        apply(&mut stack, &profiles[0], false);
        steps
            .iter()
            .filter(|(which, _)| *which == 0)
            .for_each(|(_, text)| drop(apply(&mut stack, text, true)));
        all += 1;
        can += u32::from(can_be_started(&stack));
    }
    assert!(can * 3 > all * 2, "{can} of {all}");
}
