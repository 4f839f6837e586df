//! The tables of the run-time semantics, cell by cell, and the specs that play them: `docs/runtime-tables.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::info::Kind;

/// What the page says, counted.
#[derive(Debug, Default)]
pub struct Count {
    /// Cells with a spec or a test.
    pub played: usize,
    /// Cells that are outside the model.
    pub outside: usize,
}

/// What is wrong with the page, one a line, and what was counted: a section without cells or with two headings, a cell that is there
/// twice, without a spec or without a reason, a link to a section that is not there, that runs nothing, or in whose blocks the
/// words of the link do not stand, a link to a test that is not there, a section that the model cites in its traces and the page has not, a spec of `life` that no
/// cell names. `index` is the page, `specs` are texts by path, `sources` those of Rust files by path, `cited` is what the model cites.
pub fn check(
    index: &str,
    specs: &BTreeMap<String, String>,
    sources: impl Fn(&str) -> Option<String>,
    cited: &BTreeSet<String>,
) -> (Vec<String>, Count) {
    let mut wrong = Vec::new();
    let mut count = Count::default();
    let mut sections: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut named = BTreeSet::new();
    let mut section = String::new();
    for line in index.lines() {
        if let Some((id, _)) = line.strip_prefix("### `").and_then(|rest| rest.split_once('`')) {
            section = id.to_owned();
            if sections.insert(section.clone(), BTreeSet::new()).is_some() {
                wrong.push(format!("{section} has two headings"));
            }
            continue;
        }
        let Some((cell, rest)) = line.strip_prefix("| ").and_then(|row| row.split_once(" | ")) else {
            continue;
        };
        if section.is_empty() || cell == "cell" || cell.starts_with("---") {
            continue;
        }
        if !sections.entry(section.clone()).or_default().insert(cell.to_owned()) {
            wrong.push(format!("{section}: the cell `{cell}` is there twice"));
        }
        let at = |what: String| format!("{section}, {cell}: {what}");
        if let Some(reason) = rest.strip_prefix("outside the model: ") {
            count.outside += 1;
            if reason.trim_end_matches(" |").split(' ').count() < 4 {
                wrong.push(at("no reason why it is outside the model".to_owned()));
            }
            continue;
        }
        count.played += 1;
        let links: Vec<Link<'_>> = links(rest).collect();
        if links.is_empty() {
            wrong.push(at("no spec plays it".to_owned()));
        }
        for link in links {
            match link.path.strip_prefix("../tests/specs/") {
                Some(path) => {
                    named.insert(path.to_owned());
                    wrong.extend(
                        specs
                            .get(path)
                            .map_or_else(
                                || Some(format!("there is no spec {path}")),
                                |text| link.lacks(path, text),
                            )
                            .map(at),
                    );
                }
                None => {
                    let path = link.path.trim_start_matches("../");
                    let test = format!("fn {}(", link.anchor);
                    if !sources(path).is_some_and(|text| text.contains(&test)) {
                        wrong.push(at(format!("{path} has no test {}", link.anchor)));
                    }
                }
            }
        }
    }
    let empty = sections.iter().filter(|(_, cells)| cells.is_empty());
    wrong.extend(empty.map(|(section, _)| format!("{section} has no cells")));
    let lacking = cited.iter().filter(|section| !sections.contains_key(*section));
    wrong.extend(lacking.map(|section| format!("{section}: the model cites it, and the page has not")));
    let life = specs.keys().filter(|path| path.starts_with("life/") && !named.contains(*path));
    wrong.extend(life.map(|path| format!("{path}: no cell names it")));
    (wrong, count)
}

/// `[text](path#anchor "words")`.
struct Link<'t> {
    path: &'t str,
    anchor: &'t str,
    words: Option<&'t str>,
}

fn links(row: &str) -> impl Iterator<Item = Link<'_>> {
    row.split("](").skip(1).filter_map(|rest| {
        let (target, words) = match rest.split_once(" \"") {
            Some((target, rest)) if !target.contains(')') => (target, Some(rest.split_once("\")")?.0)),
            Some(_) | None => (rest.split_once(')')?.0, None),
        };
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        Some(Link { path, anchor, words })
    })
}

impl Link<'_> {
    /// What a spec lacks of what the link says of it.
    fn lacks(&self, path: &str, text: &str) -> Option<String> {
        let anchor = self.anchor;
        match runs(text, anchor) {
            None => return Some(format!("{path} has no section #{anchor}")),
            Some(false) => return Some(format!("{path}#{anchor} runs nothing")),
            Some(true) => {}
        }
        let words = self.words.filter(|words| !blocks(text, anchor).contains(words))?;
        Some(format!("`{words}` stands in no block of {path}#{anchor}"))
    }
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
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut fits = |headings: &[String]| {
        let Some(title) = headings.last() else { return anchor.is_empty() };
        anchor.is_empty() || numbered(slug(title), &mut seen) == anchor
    };
    let wanted = document.sections.iter().find(|section| fits(&section.headings))?;
    let inside = document.sections.iter().filter(|section| section.headings.starts_with(&wanted.headings));
    let mut blocks = inside.flat_map(|section| &section.blocks);
    // What is asserted of a file of a sysplex is looked at, too.
    let asserts = |range: &std::ops::Range<usize>| {
        let levels = ["error: [", "warning: [", "info: [", "not: ["];
        text.get(range.clone()).is_some_and(|text| levels.iter().any(|level| text.contains(level)))
    };
    Some(blocks.any(|block| match &block.kind {
        Kind::Scenario { .. } | Kind::Output(_) | Kind::Profile { path: None, .. } => true,
        Kind::Obeyfile { .. } => block.kind.is_obeyed() || asserts(&block.range),
        Kind::Profile { .. } | Kind::Toml(_) => asserts(&block.range),
        Kind::Capture(_) | Kind::Text => false,
    }))
}

/// The fences and blocks of the section with this anchor and of those below it, those of the sections above it, too: files are
/// inherited.
fn blocks(text: &str, anchor: &str) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let (mut kept, mut found, mut fenced) = (String::new(), anchor.is_empty(), false);
    let mut above: Vec<(usize, String)> = Vec::new();
    for line in text.lines() {
        let fence = line.starts_with("```");
        if !fenced && line.starts_with('#') {
            let level = line.chars().take_while(|c| *c == '#').count();
            open.retain(|(known, _)| *known < level);
            above.retain(|(known, _)| *known < level);
            let here = numbered(slug(line.trim_start_matches('#').trim()), &mut seen) == anchor;
            if here {
                found = true;
                kept.extend(above.iter().map(|(_, block)| block.as_str()));
            }
            open.push((level, here));
            continue;
        }
        if fence || fenced {
            let inside = anchor.is_empty() || open.iter().any(|(_, here)| *here);
            let level = open.last().map_or(0, |(level, _)| *level);
            let line = format!("{line}\n");
            if inside {
                kept.push_str(&line);
            }
            above.push((level, line));
        }
        fenced ^= fence;
    }
    if found { kept } else { String::new() }
}

/// The anchor that Markdown viewers give a heading.
fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// The second heading of the same words has a number behind its anchor.
fn numbered(slug: String, seen: &mut BTreeMap<String, usize>) -> String {
    let count = seen.entry(slug.clone()).or_default();
    *count += 1;
    if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
}
