//! What the reference says of a statement, a keyword, a value.

use analysis::reference::words::{DIAGRAM, drops, listed};
use analysis::reference::{notation, parameter, shape};
use grammar::description::{SlotDesc, SlotKind, StatementDesc, gone_in};

use crate::features::paper::Paper;

/// Lines of a diagram before it is too long to be looked at beside a profile.
const MOST_LINES: usize = 24;

/// A statement: what it does, its form, what OBEYFILE and a mistake come to.
pub(super) fn statement(paper: &mut Paper, desc: &'static StatementDesc) {
    paper.head(desc.name, desc.summary);
    let diagram = notation::draw(&shape::diagram(desc), DIAGRAM);
    let mut lines: Vec<&str> = diagram.lines().take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push("...");
    }
    paper.code(&lines.join("\n"));
    let mut facts = Vec::new();
    if desc.min < desc.name.len() {
        facts.push(format!("shortest form {}", desc.name.get(..desc.min).unwrap_or(desc.name)));
    }
    if !desc.blocks.is_empty() {
        facts.push(format!("stands in {}", listed(desc.blocks, "or")));
    }
    if !desc.belongs.is_empty() {
        facts.push(format!("belongs in {}, not in a profile", desc.belongs));
    }
    if let Some(end) = &desc.end {
        facts.push(format!("closed by {}", end.full));
    }
    facts.extend(releases(desc.since, desc.until, desc.instead, desc.founding));
    if !desc.obeyfile.is_empty() {
        facts.push(format!("OBEYFILE: {}", desc.obeyfile));
    }
    facts.push(format!("what the stack drops after a mistake: {}", drops(desc.drops)));
    paper.list(facts);
}

/// A keyword or value: meaning, what fits, default, release.
pub(super) fn parameter(
    paper: &mut Paper,
    desc: &'static StatementDesc,
    slot: &'static SlotDesc,
    word: &str,
) {
    let known = parameter::of(desc).into_iter().find(|parameter| std::ptr::eq(parameter.name, slot.name));
    let name = match slot.kind {
        SlotKind::Keyword => slot.name.to_ascii_uppercase(),
        SlotKind::Operand(_) | SlotKind::Group => slot.name.to_owned(),
    };
    paper.head(&format!("{name} of {}", desc.name), slot.doc);
    let mut facts = Vec::new();
    match slot.kind {
        SlotKind::Keyword => {
            let short = slot.name.chars().take_while(|letter| !letter.is_ascii_lowercase()).count();
            if short < slot.name.len() {
                facts.push(format!("shortest form {}", slot.name.get(..short).unwrap_or(slot.name)));
            }
        }
        SlotKind::Operand(kind) => {
            let unit = if slot.unit.is_empty() { String::new() } else { format!(", in {}", slot.unit) };
            facts.push(format!("{}{unit}", kind.describe()));
        }
        SlotKind::Group => {}
    }
    if !slot.default.is_empty() {
        let same = slot.default.eq_ignore_ascii_case(word);
        facts.push(format!("default {}{}", slot.default, if same { ", as here" } else { "" }));
    }
    facts.extend(releases(slot.since, slot.until, slot.instead, slot.founding));
    if known.is_some_and(|known| !known.confirmed) {
        facts.push("its form or range is unconfirmed: what does not fit is a warning at most".to_owned());
    }
    if !slot.refers.is_empty() {
        facts.push(format!("what it names has to be there ({})", slot.refers));
    }
    paper.list(facts);
}

fn releases(since: &str, until: &str, instead: &str, founding: bool) -> Vec<String> {
    let mut facts = Vec::new();
    if !since.is_empty() {
        facts.push(format!("since {since}"));
    }
    if !until.is_empty() {
        facts.push(gone_in(until));
    }
    if !instead.is_empty() {
        facts.push(format!("write {instead} instead"));
    }
    if founding {
        facts.push("only in the founding documents".to_owned());
    }
    facts
}
