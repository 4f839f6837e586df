//! From sections to tests: which files are compiled together, what is run against them, what is printed.

use std::collections::BTreeMap;

use compiler::{Request, Settings};

use super::document::{Block, Document, Fault, Section};
use super::info::Kind;

/// The description that makes the files of a section one sysplex.
pub const DESCRIPTION: &str = "sysplex.toml";

/// What a profile without a path is called.
pub const LONE: &str = "tcpip.profile";

/// One compilation with everything that is asked of it.
#[derive(Clone, Debug)]
pub struct Case<'d> {
    /// The spec.
    pub document: &'d Document,
    /// Where it stands.
    pub section: &'d Section,
    /// Line to name when the case as a whole fails.
    pub line: usize,
    /// Which of its section, from 1.
    pub number: usize,
    /// By path.
    pub files: BTreeMap<String, CaseFile<'d>>,
    /// What is compiled.
    pub request: Request,
    /// With which options.
    pub settings: Settings,
    /// OBEYFILEs for its stacks, in order.
    pub obeyed: Vec<&'d Block>,
    /// Scenarios to run, in order.
    pub scenarios: Vec<&'d Block>,
    /// Outputs to compare, in order.
    pub outputs: Vec<&'d Block>,
}

/// A file of a case.
#[derive(Clone, Copy, Debug)]
pub struct CaseFile<'d> {
    /// Where it stands.
    pub block: &'d Block,
    /// Whether it stands in this very section.
    pub own: bool,
}

impl Case<'_> {
    /// What it is called in snapshots.
    pub fn title(&self) -> String {
        let headings = self.section.headings.join(" > ");
        if self.number > 1 { format!("{headings} ({})", self.number) } else { headings }
    }
}

/// The tests of a spec, and what keeps others from being tests.
pub fn cases(document: &Document) -> (Vec<Case<'_>>, Vec<Fault>) {
    let mut cases = Vec::new();
    let mut faults = Vec::new();
    for index in 0..document.sections.len() {
        section(document, index, &mut cases, &mut faults);
    }
    (cases, faults)
}

fn section<'d>(document: &'d Document, index: usize, cases: &mut Vec<Case<'d>>, faults: &mut Vec<Fault>) {
    let section = &document.sections[index];
    if section.blocks.iter().all(|block| block.kind == Kind::Text) {
        return;
    }
    let files = files(document, index, faults);
    let shared = Case {
        document,
        section,
        line: section.blocks[0].first_line - 1,
        number: 1,
        request: request(&files),
        files,
        settings: Settings::default(),
        obeyed: Vec::new(),
        scenarios: Vec::new(),
        outputs: Vec::new(),
    };
    let mut own: Vec<Case<'d>> = Vec::new();
    if shared.request != Request::default() {
        own.push(shared.clone());
    }
    for block in &section.blocks {
        let here = block.first_line - 1;
        match &block.kind {
            Kind::Profile { path: None, .. } if shared.request != Request::default() => {
                let what = "a profile without a path, among files that have one: give it a path, or move it to a section of its own";
                faults.push(section.fault(here, what));
            }
            Kind::Profile { path: None, settings } => {
                let number = own.len() + 1;
                let mut lone = Case { line: here, number, settings: settings.clone(), ..shared.clone() };
                lone.files.insert(LONE.to_owned(), CaseFile { block, own: true });
                lone.request.profiles.push(LONE.to_owned());
                own.push(lone);
            }
            Kind::Scenario { .. } => match own.last_mut() {
                Some(case) if case.request.sysplex.is_some() => case.scenarios.push(block),
                _ => faults
                    .push(section.fault(here, format!("a scenario needs a {DESCRIPTION}, here or above"))),
            },
            Kind::Output(words) => match own.last_mut() {
                Some(case) if case.request.sysplex.is_some() || is_lint(words) => case.outputs.push(block),
                Some(_) => {
                    let what = format!("`{}` needs a {DESCRIPTION}, here or above", words.join(" "));
                    faults.push(section.fault(here, what));
                }
                None => faults.push(section.fault(here, "there is nothing in front of this output to check")),
            },
            Kind::Obeyfile { .. } if block.kind.is_obeyed() => match own.last_mut() {
                Some(case) => case.obeyed.push(block),
                None => faults.push(
                    section.fault(here, "there is no profile in front of this obeyfile, here or above"),
                ),
            },
            Kind::Profile { path: Some(_), .. }
            | Kind::Toml(_)
            | Kind::Capture(_)
            | Kind::Obeyfile { .. }
            | Kind::Text => {}
        }
    }
    cases.append(&mut own);
}

/// The files of the sections above, replaced by those of the sections below.
fn files<'d>(
    document: &'d Document,
    index: usize,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, CaseFile<'d>> {
    let section = &document.sections[index];
    let mut files = match section.parent {
        Some(parent) => files(document, parent, &mut Vec::new()),
        None => BTreeMap::new(),
    };
    for file in files.values_mut() {
        file.own = false;
    }
    for block in &section.blocks {
        let Some(path) = block.kind.path() else { continue };
        let before = files.insert(path.to_owned(), CaseFile { block, own: true });
        if before.is_some_and(|file| file.own) {
            faults.push(
                section.fault(block.first_line - 1, format!("this section has two files called {path}")),
            );
        }
    }
    files
}

/// A sysplex where there is a description, else every profile as a stack of its own.
fn request(files: &BTreeMap<String, CaseFile<'_>>) -> Request {
    if files.contains_key(DESCRIPTION) {
        return Request { sysplex: Some(DESCRIPTION.to_owned()), profiles: Vec::new() };
    }
    let profiles = files.iter().filter(|(_, file)| matches!(file.block.kind, Kind::Profile { .. }));
    Request { sysplex: None, profiles: profiles.map(|(path, _)| path.clone()).collect() }
}

fn is_lint(words: &[String]) -> bool {
    matches!(words[0].as_str(), "findings" | "lint" | "config")
}
