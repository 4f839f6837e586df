//! There are specs, and one for every statement that is described.

use std::collections::BTreeSet;

/// What is wrong with the set of specs, one a line. `allowed` is the text of `missing.txt`: names whose spec is still to be written.
pub fn check(syntax: &BTreeSet<String>, specs: &BTreeSet<String>, allowed: &str) -> Vec<String> {
    let lines = allowed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let allowed: BTreeSet<String> = lines.map(str::to_owned).collect();
    let without = syntax.difference(specs).filter(|name| !allowed.contains(*name));
    let missing =
        without.map(|name| format!("grammar/syntax/{name}.syntax has no spec tests/specs/dialect/{name}.md"));
    let written = allowed
        .intersection(specs)
        .map(|name| format!("missing.txt names {name}, which has a spec: take it out"));
    let unknown = allowed
        .difference(syntax)
        .filter(|name| !specs.contains(*name))
        .map(|name| format!("missing.txt names {name}, and there is no such statement: take it out"));
    missing.chain(written).chain(unknown).collect()
}

/// A folder without specs tests nothing, and nobody would notice.
pub fn some(specs: &[String]) -> Result<(), String> {
    if specs.is_empty() { Err("tests/specs has no spec".to_owned()) } else { Ok(()) }
}

/// Rules whose cases no profile of a spec shows, with the test that has both.
const ELSEWHERE: &[(&str, &str)] = &[
    ("baseline-entry-unused", "tests/cli/adopt.rs"),
    ("dvipa-limit", "compiler/tests/obey_options.rs"),
    ("dvipa-limit-with-targets", "compiler/tests/obey_options.rs"),
    ("start-too-many", "compiler/tests/obeyfile.rs"),
    ("viparange-limit", "compiler/tests/obey_options.rs"),
];

/// What is missing of this: each rule has a record where it finds something and a near miss, one a line. `asserted` has the rules of the
/// assertions of all specs, those that must be found and those that must not; `text_of` reads a file of the repository.
pub fn near_misses(
    rules: &[&str],
    found: &BTreeSet<String>,
    missed: &BTreeSet<String>,
    text_of: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for rule in rules {
        let elsewhere = ELSEWHERE.iter().find(|(known, _)| known == rule);
        match (elsewhere, found.contains(*rule), missed.contains(*rule)) {
            (None, true, true) => {}
            (None, false, _) => wrong.push(format!("{rule}: no spec has a record where it finds something")),
            (None, true, false) => {
                wrong.push(format!("{rule}: no spec marks a near miss with `; not: [{rule}]`"))
            }
            (Some((_, path)), true, true) => {
                wrong.push(format!("{rule} has its specs, so {path} need not stand for it"));
            }
            (Some((_, path)), ..) if !text_of(path).contains(*rule) => {
                wrong.push(format!("{rule}: {path} does not name it"));
            }
            (Some(_), ..) => {}
        }
    }
    let known: BTreeSet<&str> = rules.iter().copied().collect();
    let unknown = found.union(missed).filter(|rule| !known.contains(rule.as_str()));
    wrong.extend(unknown.map(|rule| format!("{rule} is asserted, and there is no such rule")));
    wrong
}
