//! Whether the spec of a statement shows all of it: every keyword in a use that the stack takes, every
//! abbreviation, the smallest use.

use std::collections::BTreeSet;

use grammar::description::{KeywordDesc, Node, StatementDesc};
use grammar::parse::{Dialect, parse};
use grammar::tree::{Section, StmtView};

use super::document::Document;
use super::info::Kind;

/// Uses of a statement in the profiles of its spec that have no error.
struct Uses<'d> {
    desc: &'d StatementDesc,
    /// Names of it, as typed.
    names: BTreeSet<String>,
    /// Words of it in upper case, with their slots.
    words: BTreeSet<(u16, String)>,
    /// Words of the use that has the fewest.
    fewest: Option<usize>,
}

/// What the spec of a statement does not show, one a line. Statements of other files and of other releases only have to be named.
#[must_use]
pub fn check(desc: &StatementDesc, text: &str) -> Vec<String> {
    let uses = Uses::find(desc, text);
    let lacks = |what: String| format!("tests/specs/dialect/{}.md lacks {what}", desc.name.to_lowercase());
    let mut wrong = Vec::new();
    if !desc.belongs.is_empty() || !desc.until.is_empty() || desc.founding {
        if uses.names.is_empty() && !named(desc, text) {
            wrong.push(lacks("a use".to_owned()));
        }
        return wrong;
    }
    let least = least(&desc.syntax);
    if uses.fewest != Some(least) {
        wrong.push(lacks(format!(
            "a smallest use, of {least} words behind the name; it has {:?}",
            uses.fewest
        )));
    }
    let short = desc.name.get(..desc.min).unwrap_or(desc.name);
    for name in [desc.name, short] {
        if !uses.names.contains(name) {
            wrong.push(lacks(format!("a use of {name}")));
        }
    }
    for keyword in keywords(&desc.syntax) {
        let slot = desc.slot_desc(keyword.slot);
        if slot.is_some_and(|slot| slot.founding || !slot.until.is_empty()) {
            continue;
        }
        let short = keyword.full.get(..keyword.min).unwrap_or(keyword.full);
        for spelling in [keyword.full, short] {
            if !uses.words.contains(&(keyword.slot.0, spelling.to_owned())) {
                wrong.push(lacks(format!("{spelling} in a use that the stack takes")));
            }
        }
    }
    wrong.dedup();
    wrong
}

/// Whether a profile of the spec names the statement, with or without findings.
fn named(desc: &StatementDesc, text: &str) -> bool {
    text.lines()
        .any(|line| line.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(desc.name)))
}

impl<'d> Uses<'d> {
    fn find(desc: &'d StatementDesc, text: &str) -> Self {
        let mut uses = Self { desc, names: BTreeSet::new(), words: BTreeSet::new(), fewest: None };
        let (document, _) = Document::read(text);
        for block in document.sections.iter().flat_map(|section| &section.blocks) {
            let Kind::Profile { settings, .. } = &block.kind else { continue };
            let dialect = settings.dialect.map_or(Dialect::Zos, compiler::Dialect::grammar);
            let profile = document.text_of(block);
            for placed in parse(profile, dialect).sections {
                let records = Records::new(profile, placed.start);
                let section = &placed.section;
                for view in section.views().filter(|view| view.stmt.id == Some(desc.id) && view.stmt.known) {
                    if view.errors().next().is_none() && records.are_clean(&view) {
                        uses.take(section, &view);
                    }
                }
            }
        }
        uses
    }

    fn take(&mut self, section: &Section, view: &StmtView<'_>) {
        self.names.insert(section.text_of(view.stmt.name).to_ascii_uppercase());
        let mut count = 0;
        for (slot, word) in view.parts.tokens() {
            self.words.insert((slot.0, word.upper()));
            count += 1;
        }
        if let Some(end) = view.stmt.end
            && let Some(keyword) = self.desc.end
        {
            self.words.insert((keyword.slot.0, section.text_of(end).to_ascii_uppercase()));
        }
        self.fewest = Some(self.fewest.map_or(count, |fewest| fewest.min(count)));
    }
}

/// The records of a profile, for what is asserted on them.
struct Records<'p> {
    profile: &'p str,
    start: usize,
}

impl<'p> Records<'p> {
    fn new(profile: &'p str, start: u32) -> Self {
        Self { profile, start: start as usize }
    }

    /// Whether no error is asserted on the statement's own records.
    fn are_clean(&self, view: &StmtView<'_>) -> bool {
        let from = self.start + view.stmt.name.start as usize;
        let last = view.parts.span().map_or(view.stmt.name.end(), |span| span.end());
        let to = self.start + last.max(view.stmt.name.end()) as usize;
        let begin = self.profile[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = self.profile[to..].find('\n').map_or(self.profile.len(), |at| to + at);
        let lines = &self.profile[begin..end];
        !lines.contains("; error:")
    }
}

/// Words behind the name in the smallest use.
fn least(node: &Node) -> usize {
    match node {
        Node::Nothing | Node::Rest(_) | Node::Optional(_) => 0,
        Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => 1,
        Node::Sequence(nodes) => nodes.iter().map(least).sum(),
        // What is known by its extent only, of retired types, is no use to learn from.
        Node::Choice(nodes) => nodes.iter().filter(|node| !has_rest(node)).map(least).min().unwrap_or(0),
        Node::Repeat(node, low, _) => least(node) * *low as usize,
        Node::AnyOrder(options) => {
            options.iter().filter(|option| matches!(option, Node::Repeat(_, 1, 1))).map(least).sum()
        }
        Node::Group(_, node) => least(node),
    }
}

fn has_rest(node: &Node) -> bool {
    match node {
        Node::Rest(_) => true,
        Node::Nothing | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => false,
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().any(has_rest),
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => has_rest(node),
    }
}

/// Every keyword of a syntax, once.
fn keywords(node: &Node) -> Vec<KeywordDesc> {
    let mut all: Vec<KeywordDesc> = Vec::new();
    collect(node, &mut all);
    all
}

fn collect(node: &Node, all: &mut Vec<KeywordDesc>) {
    match node {
        Node::Keyword(keyword) => {
            if !all.iter().any(|known| known.slot == keyword.slot) {
                all.push(*keyword);
            }
        }
        Node::Nothing | Node::Rest(_) | Node::Literal(..) | Node::Operand(..) => {}
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().for_each(|node| collect(node, all));
        }
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => collect(node, all),
    }
}
