//! The tables of the run-time semantics, and the specs that go through them: `docs/runtime-tables.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::info::Kind;

/// What is wrong with the index, one a line: a row without a spec, a link to no section or to one that runs nothing, a section that the
/// model cites in its traces and no row has, a spec of `life` that no row names. `index` is the page, `specs` are texts by path, `cited` is
/// what the model cites.
pub fn check(index: &str, specs: &BTreeMap<String, String>, cited: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut listed, mut named) = (BTreeSet::new(), BTreeSet::new());
    for row in index.lines() {
        let Some((section, rest)) = row.strip_prefix("| `").and_then(|row| row.split_once('`')) else {
            continue;
        };
        if !listed.insert(section.to_owned()) {
            wrong.push(format!("{section} has two rows"));
        }
        let targets: Vec<&str> =
            rest.split("](").skip(1).filter_map(|link| Some(link.split_once(')')?.0)).collect();
        if targets.is_empty() {
            wrong.push(format!("{section}: the row names no spec"));
        }
        for target in targets {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = file.strip_prefix("../tests/specs/").unwrap_or(file).to_owned();
            match specs.get(&path) {
                None => wrong.push(format!("{section}: there is no spec {path}")),
                Some(text) => match runs(text, anchor) {
                    None => wrong.push(format!("{section}: {path} has no section #{anchor}")),
                    Some(false) => wrong.push(format!("{section}: {path}#{anchor} runs nothing")),
                    Some(true) => {}
                },
            }
            named.insert(path);
        }
    }
    wrong.extend(
        cited.difference(&listed).map(|section| format!("{section}: the model cites it, and no row has it")),
    );
    let life = specs.keys().filter(|path| path.starts_with("life/") && !named.contains(*path));
    wrong.extend(life.map(|path| format!("{path}: no row names it")));
    wrong
}

/// The sections `04:N.M` that a Rust source cites.
pub fn cited(source: &str) -> impl Iterator<Item = String> + '_ {
    source.split("\"04:").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        Some(format!("04:{}", &rest[..end]))
    })
}

/// Whether the section with this anchor, or one below it, has a block that is run. None when there is no such section.
fn runs(text: &str, anchor: &str) -> Option<bool> {
    let (document, _) = Document::read(text);
    let wanted = document.sections.iter().find(|section| {
        section.headings.last().is_some_and(|title| anchor.is_empty() || slug(title) == anchor)
    })?;
    let inside = document.sections.iter().filter(|section| section.headings.starts_with(&wanted.headings));
    let mut kinds = inside.flat_map(|section| &section.blocks).map(|block| &block.kind);
    Some(kinds.any(|kind| match kind {
        Kind::Scenario { .. } | Kind::Output(_) | Kind::Profile { path: None, .. } => true,
        Kind::Obeyfile { .. } => kind.is_obeyed(),
        Kind::Profile { .. } | Kind::Toml(_) | Kind::Capture(_) | Kind::Text => false,
    }))
}

/// The anchor that Markdown viewers give a heading.
fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}
