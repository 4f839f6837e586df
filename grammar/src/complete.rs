//! What may stand at a point of a text: keywords in legal order, operands in words, statements of the block that is open.
//!
//! The parser says it itself: a token that fits nothing is put at the point, and what was expected in its place is the answer.

use crate::STATEMENTS;
use crate::description::{Slot, StatementDesc, StatementId};
use crate::parse::{Dialect, parse_probing};
use crate::tree::{ErrorKind, Section};

/// What may stand at a point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Byte offset where the word at the point begins.
    pub start: usize,
    /// Keywords of the statement that is open, in full, in the order of its syntax.
    pub keywords: Vec<String>,
    /// Operands, in words: "an IPv4 address".
    pub operands: Vec<String>,
    /// The statement that is open, and its operands that may stand here.
    pub slots: Option<(StatementId, Vec<Slot>)>,
    /// Names of statements and the END that may begin here.
    pub statements: Vec<&'static str>,
}

/// The token that fits nothing: an empty quoted text.
const NOTHING: &str = "\"\"";
/// How the parser says that a statement may end here.
const NEXT: &str = "the next statement";

/// What may stand at a byte offset; the word that is begun there does not count.
#[must_use]
pub fn complete(text: &str, offset: usize, dialect: Dialect) -> Completion {
    complete_inside(text, offset, dialect, None)
}

/// The same for a text that an INCLUDE brings into a block or list.
#[must_use]
pub fn complete_inside(
    text: &str,
    offset: usize,
    dialect: Dialect,
    inside: Option<StatementId>,
) -> Completion {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind([' ', '\t', '\n', '\r']).map_or(0, |blank| blank + 1);
    let kept = before.get(..start).unwrap_or("");
    let (parsed, slots) = parse_probing(&format!("{kept}{NOTHING}"), dialect, inside);
    let mut completion = Completion { start, slots, ..Completion::default() };
    let Some(placed) = parsed.sections.last() else { return completion };
    let section = &placed.section;
    let error = section.errors.iter().find(|error| {
        section.text_of(error.span) == NOTHING && !matches!(error.kind, ErrorKind::UnclosedQuote)
    });
    let Some(error) = error else { return completion };
    let expected: &[String] = match &error.kind {
        ErrorKind::Unexpected { expected, .. } | ErrorKind::OutOfOrder { expected, .. } => expected,
        ErrorKind::UnknownStatement { .. } => {
            completion.statements = statements(section, dialect);
            return completion;
        }
        ErrorKind::Missing { .. }
        | ErrorKind::Value { .. }
        | ErrorKind::Duplicate { .. }
        | ErrorKind::Exclusive { .. }
        | ErrorKind::NotClosed { .. }
        | ErrorKind::StrayEnd { .. }
        | ErrorKind::Misplaced { .. }
        | ErrorKind::Founding { .. }
        | ErrorKind::Split { .. }
        | ErrorKind::GluedComment
        | ErrorKind::UnclosedQuote => return completion,
    };
    // Where a record begins, so may a statement, though the one before could go on.
    let begins = kept.rsplit('\n').next().is_some_and(|record| record.trim().is_empty());
    if begins || expected.iter().any(|word| word == NEXT) {
        completion.statements = statements(section, dialect);
    }
    let view = section.view(error.stmt as usize);
    let late = |word: &&String| {
        let desc = view.as_ref().and_then(|view| view.desc());
        let slot = desc.and_then(|desc| desc.slot(word)).map_or("", |(_, slot)| slot.before);
        let there = view.as_ref().zip(desc.and_then(|desc| desc.slot(slot)));
        there.is_some_and(|(view, (slot, _))| view.parts.has(slot))
    };
    for word in expected.iter().filter(|word| *word != NEXT && !late(word)) {
        if word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            completion.keywords.push(word.clone());
        } else {
            completion.operands.push(word.clone());
        }
    }
    completion
}

/// Names that may begin a statement: of the block that is open at the end of the section, or of the top level.
fn statements(section: &Section, dialect: Dialect) -> Vec<&'static str> {
    let open = section.views().find(|view| {
        view.stmt.end.is_none()
            && view.errors().any(|error| matches!(error.kind, ErrorKind::NotClosed { .. }))
    });
    let block: Option<&'static StatementDesc> = open.and_then(|view| view.desc());
    let known = |desc: &&StatementDesc| desc.belongs.is_empty() && desc.until.is_empty();
    let names = STATEMENTS.iter().filter(known).filter(|desc| match block {
        Some(block) => desc.blocks.contains(&block.name),
        None => match dialect {
            Dialect::Zos => desc.blocks.is_empty() && !desc.founding,
            Dialect::Founding => desc.blocks.is_empty() || desc.founding_top,
        },
    });
    let end = block.and_then(|block| block.end.as_ref()).map(|end| end.full);
    names.map(|desc| desc.name).chain(end).collect()
}
