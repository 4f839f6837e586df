//! A whole spec file: read, run, and said what came of it.

use std::ops::Range;

use super::case;
use super::check::check;
use super::document::{Document, Fault};
use super::engine::Engine;

/// What came of a spec.
#[derive(Debug, Default)]
pub struct Ran {
    /// What is wrong, in the order of the file.
    pub faults: Vec<Fault>,
    /// The findings of every case, one a line, under the headings of the case; empty without findings.
    pub concise: String,
    /// What output blocks should hold.
    pub updates: Vec<(Range<usize>, String)>,
}

/// Runs a spec.
pub fn run(text: &str, engine: &dyn Engine) -> Ran {
    let (document, mut faults) = Document::read(text);
    let (cases, more) = case::cases(&document);
    faults.extend(more);
    let mut ran = Ran { faults, ..Ran::default() };
    if cases.is_empty() {
        let what = "this spec tests nothing: no section has a profile or a sysplex.toml".to_owned();
        ran.faults.push(Fault { line: 1, headings: Vec::new(), what });
    }
    for case in &cases {
        let checked = check(case, engine);
        ran.faults.extend(checked.faults);
        ran.updates.extend(checked.updates);
        if !checked.concise.is_empty() {
            let gap = if ran.concise.is_empty() { "" } else { "\n" };
            ran.concise.push_str(&format!("{gap}# {}\n{}", case.title(), checked.concise));
        }
    }
    ran.faults.sort_by_key(|fault| fault.line);
    ran
}

/// The text with its output blocks brought up to date.
pub fn updated(text: &str, updates: &[(Range<usize>, String)]) -> String {
    let mut updates: Vec<_> = updates.iter().collect();
    updates.sort_by_key(|(range, _)| range.start);
    let mut text = text.to_owned();
    for (range, new) in updates.into_iter().rev() {
        text.replace_range(range.clone(), new);
    }
    text
}
