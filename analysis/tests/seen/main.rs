//! The gate sees every change: for each keyword, operand and fixed word of the description two profiles that differ in nothing else, and the
//! configurations that come of them. What makes no difference stands in a list with its reason, and what stands there without need fails too.
#![allow(missing_docs)]

extern crate grammar as vipa_grammar;

mod cases;
mod listed;
mod profiles;
#[path = "../../../grammar/tests/generated/text.rs"]
#[allow(dead_code, reason = "the generated cases of the grammar use all of it")]
mod text;

use std::collections::{BTreeMap, BTreeSet};

use cases::{By, Case, cases};
use compiler::system::MemorySystem;
use compiler::{Compiler, Request, Settings, Snapshot};
use listed::{Reason, reason};
use serde_json::Value;
use vipa_analysis::change::config::{comparable, difference};
use vipa_grammar::STATEMENTS;
use vipa_grammar::description::StatementDesc;

/// Profiles that have been compiled, with what the stack holds after each.
#[derive(Default)]
struct Held(BTreeMap<String, Value>);

impl Held {
    /// What a stack holds after a profile, as the gate compares it.
    fn of(&mut self, profile: &str) -> Value {
        self.0.entry(profile.to_owned()).or_insert_with(|| config(&compiled(profile))).clone()
    }
}

fn compiled(profile: &str) -> Snapshot {
    let mut system = MemorySystem::new();
    system.insert("sysplex.toml", "[[stack]]\nname = \"TCPIP1\"\nprofile = \"p\"\n");
    system.insert("p", profile);
    let mut compiler = Compiler::new(Settings::default());
    let request = Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() };
    compiler.load(&system, &request).unwrap();
    compiler.snapshot()
}

fn config(snapshot: &Snapshot) -> Value {
    comparable(&snapshot.folded("TCPIP1").unwrap().config)
}

/// Whether the gate tells two uses of a statement apart. What was found in the second is given back where not.
fn told_apart(desc: &StatementDesc, one: &str, other: &str, held: &mut Held) -> Result<(), Vec<String>> {
    let [one, other] = profiles::around(desc, [one, other]);
    if difference(&held.of(&one), &held.of(&other)).is_empty() {
        let found = compiled(&other).findings();
        return Err(found.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect());
    }
    Ok(())
}

#[test]
fn a_change_of_anything_in_the_description_is_seen() {
    let (mut seen, mut listed, mut always) = (0, 0, 0);
    let mut unseen = Vec::new();
    let mut needless: BTreeSet<usize> = (0..listed::LISTED.len()).collect();
    for desc in STATEMENTS.iter().filter(|desc| !desc.founding && listed::whole(desc).is_none()) {
        let mut held = Held::default();
        for Case { name, pairs, reached } in cases(desc) {
            if !reached {
                unseen.push(format!("{name}: no use of it"));
            }
            if pairs.is_empty() {
                always += 1;
                continue;
            }
            let known = reason(&name);
            let allowed =
                |by: By| known.is_some_and(|(_, reason)| reason != Reason::Default || by == By::Absence);
            let failed: Vec<_> = pairs
                .iter()
                .filter_map(|(by, one, other)| {
                    told_apart(desc, one, other, &mut held).err().map(|findings| (*by, one, other, findings))
                })
                .collect();
            let failed = failed.iter().find(|(by, ..)| !allowed(*by)).or(failed.first());
            match (failed, known) {
                (None, _) => seen += 1,
                (Some((by, ..)), Some((place, _))) if allowed(*by) => {
                    needless.remove(&place);
                    listed += 1;
                }
                (Some((_, one, other, findings)), _) => {
                    unseen.push(format!("{name}\n    {one}\n    {other}\n    {findings:?}"));
                }
            }
        }
    }
    println!("{seen} changes are seen, {listed} stand in the list, {always} things stand in every use");
    for reason in Reason::ALL {
        println!(
            "  {}: {}",
            reason.words(),
            listed::LISTED.iter().filter(|(_, known)| known == reason).count()
        );
    }
    let needless: Vec<&str> = needless.iter().map(|place| listed::LISTED[*place].0).collect();
    assert!(unseen.is_empty(), "{} changes are not seen:\n{}", unseen.len(), unseen.join("\n"));
    assert!(needless.is_empty(), "in the list and seen, or no case: {needless:#?}");
    assert!(seen > 900, "{seen}");
}
