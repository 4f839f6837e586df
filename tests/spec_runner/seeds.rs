//! The claims and figures of the founding documents, and the specs in `tests/specs/seeds` that stand for them.
//!
//! Below a heading a spec names what it covers: `Claims: 000#1, 002#18a` and `Blocks: F7:700, F8B:850`. The numbers of
//! claims are the printed ones, so that 002 has 18a and 18b, and the mirrors of 003 are 20 to 43.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::document::{Document, Section};
use super::info::Kind;

/// Which documents have which claims.
const CLAIMS: [(&str, &[&str], u32); 4] =
    [("000", &[], 27), ("002", &["18a", "18b"], 46), ("003", &[], 43), ("004", &[], 48)];

/// Blocks of the figures. Figures 3 to 5 are outlines of 7, 9 and 10, and figure 6 is a picture: no trace names them.
const FIGURES: [(&str, bool, &[u32]); 12] = [
    ("F2", true, &[200, 210]),
    ("F3", false, &[300, 305, 310, 315, 320, 325, 330]),
    ("F4", false, &[400, 410, 415, 420, 425, 430, 435, 440]),
    ("F5", false, &[500, 505, 510, 515, 520, 525]),
    ("F6", false, &[]),
    ("F7", true, &[700, 705, 710, 715, 720, 725, 730, 735, 740, 745, 750, 755, 760]),
    ("F8A", true, &[800, 805, 810, 815, 820, 825, 830, 835, 840]),
    ("F8B", true, &[800, 850, 855, 860, 865, 870, 875, 880, 885, 890]),
    ("F9", true, &[900, 905, 910, 915, 920, 925, 930, 935, 940, 945, 950]),
    ("F10", true, &[1000, 1005, 1010, 1015, 1020, 1025, 1035]),
    ("F11", true, &[1100, 1102, 1105, 1110, 1115, 1120, 1125, 1130, 1135, 1140, 1145, 1150, 1155, 1160]),
    ("F12", true, &[1200, 1205, 1210, 1215]),
];

/// What the specs stand for, and what is wrong with that.
#[derive(Debug, Default)]
pub struct Matrix {
    /// Sections by claim or block; a claim or block that no spec names has none.
    pub rows: Vec<(String, Vec<String>)>,
    /// One a line.
    pub faults: Vec<String>,
}

impl Matrix {
    /// One line a claim or block, with every section that names it.
    pub fn show(&self) -> String {
        let lines = self.rows.iter().map(|(name, sections)| {
            let sections = if sections.is_empty() { "nothing".to_owned() } else { sections.join("; ") };
            format!("{name:<9} {sections}\n")
        });
        lines.collect()
    }

    /// One line a document or figure: how much of it has a spec.
    pub fn summary(&self) -> String {
        let mut counts: Vec<(&str, usize, usize)> = Vec::new();
        for (name, sections) in &self.rows {
            let group = name.split(['#', ':']).next().unwrap_or(name);
            if counts.last().is_none_or(|(last, ..)| *last != group) {
                counts.push((group, 0, 0));
            }
            if let Some((_, with, all)) = counts.last_mut() {
                *with += usize::from(!sections.is_empty());
                *all += 1;
            }
        }
        let parts: Vec<String> =
            counts.iter().map(|(group, with, all)| format!("{group} {with} of {all}")).collect();
        format!("claims and blocks with a spec: {}\n", parts.join(", "))
    }
}

/// Reads the specs, by path.
pub fn matrix(specs: &[(String, String)]) -> Matrix {
    let mut faults = Vec::new();
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let known = names();
    let all: BTreeSet<&String> = known.iter().collect();
    for (path, text) in specs {
        let (document, _) = Document::read(text);
        for (index, section) in document.sections.iter().enumerate() {
            let end = document.sections.get(index + 1).map_or(usize::MAX, |next| next.line - 1);
            for (line, name) in covered(text, section.line..end, &mut |line, what| {
                faults.push(format!("tests/specs/{path}:{line}: {what}"));
            }) {
                if !all.contains(&name) {
                    faults.push(format!("tests/specs/{path}:{line}: there is no {name}"));
                    continue;
                }
                if let Some(what) = unproved(&document, section, &name) {
                    faults.push(format!("tests/specs/{path}:{line}: {name}: {what}"));
                }
                let title = section.headings.last().map_or("", String::as_str);
                named.entry(name).or_default().push(format!("{path}: {title}"));
            }
        }
    }
    let rows: Vec<(String, Vec<String>)> =
        known.into_iter().map(|name| (name.clone(), named.remove(&name).unwrap_or_default())).collect();
    faults.extend(
        rows.iter()
            .filter(|(_, sections)| sections.is_empty())
            .map(|(name, _)| format!("no spec in tests/specs/seeds names {name}")),
    );
    Matrix { rows, faults }
}

/// Every claim and block there is, in order.
fn names() -> Vec<String> {
    let mut names = Vec::new();
    for (document, twice, last) in CLAIMS {
        for number in 1..=last {
            let prefix = number.to_string();
            let printed: Vec<&str> = twice
                .iter()
                .copied()
                .filter(|name| name.trim_end_matches(char::is_alphabetic) == prefix)
                .collect();
            let printed = if printed.is_empty() { vec![prefix.as_str()] } else { printed };
            names.extend(printed.iter().map(|number| format!("{document}#{number}")));
        }
    }
    for (figure, _, blocks) in FIGURES {
        if blocks.is_empty() {
            names.push(figure.to_owned());
        }
        names.extend(blocks.iter().map(|block| format!("{figure}:{block}")));
    }
    names
}

/// What the lines directly below a heading name, with the line where each stands. `lines` are those of the section,
/// its heading before them.
fn covered(text: &str, lines: Range<usize>, fault: &mut dyn FnMut(usize, &str)) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut below_heading = lines.start > 0;
    let count = lines.len();
    for (index, line) in text.lines().enumerate().skip(lines.start).take(count) {
        match line.strip_prefix("Claims:").or_else(|| line.strip_prefix("Blocks:")) {
            Some(_) if !below_heading => fault(index + 1, "this line belongs directly below the heading"),
            Some(list) => found.extend(list.split(',').map(|name| (index + 1, name.trim().to_owned()))),
            None => below_heading &= line.trim().is_empty(),
        }
    }
    found
}

/// Why a section proves nothing about a claim or block that it names.
fn unproved(document: &Document, section: &Section, name: &str) -> Option<String> {
    let scenarios: Vec<&str> = section
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Scenario { fails: false, stopped: false, .. }))
        .map(|block| document.text_of(block))
        .collect();
    if let Some((figure, _)) = name.split_once(':') {
        let traced = FIGURES.iter().any(|(known, traced, _)| *known == figure && *traced);
        let mark = format!("via {name}");
        let met = scenarios.iter().any(|text| words(text).contains(&mark));
        return (traced && !met).then(|| format!("no scenario of this section expects `{mark}`"));
    }
    let asks = |text: &&str| {
        text.lines().map(str::trim_start).any(|line| line.starts_with("=>") || line.starts_with("expect "))
    };
    let asserted = |text: &str| ["; error:", "; warning:", "; info:"].iter().any(|mark| text.contains(mark));
    let profiles = section.blocks.iter().filter(|block| matches!(block.kind, Kind::Profile { .. }));
    let proved = scenarios.iter().any(asks) || profiles.map(|block| document.text_of(block)).any(asserted);
    (!proved)
        .then(|| "this section has neither a scenario with an expectation nor an asserted profile".to_owned())
}

/// `via MARK` of a scenario, each with one blank.
fn words(scenario: &str) -> BTreeSet<String> {
    let words: Vec<&str> = scenario.split_whitespace().collect();
    words.windows(2).filter(|pair| pair[0] == "via").map(|pair| pair.join(" ")).collect()
}
