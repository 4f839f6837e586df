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
