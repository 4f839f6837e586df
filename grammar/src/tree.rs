//! What the parser understood of one section: statements, an event for each token, and what was wrong.
//!
//! Spans are relative to the section, so that a section reads the same wherever it stands in its file.

mod parts;

use std::sync::Arc;

use crate::description::{Slot, StatementDesc, StatementId};
use crate::lookup;

pub use parts::{Entries, Entry, Groups, Parts, Word};

/// A span of bytes in the section's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

impl Span {
    /// Behind the last byte.
    #[must_use]
    pub fn end(self) -> u32 {
        self.start.saturating_add(self.len)
    }
    /// From the first byte of this to the last of another.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, len: other.end().saturating_sub(self.start) }
    }
}

/// Meaning of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A token that stands for its slot.
    Token,
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// The group, or the statement, that this stands in has a mistake.
    Bad,
}

/// One step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// Its meaning.
    pub kind: EventKind,
    /// Which part of the statement.
    pub slot: Slot,
    /// The token; empty for the other kinds.
    pub span: Span,
}

/// A statement of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stmt {
    /// Which statement, as near as could be told; None when no name is near.
    pub id: Option<StatementId>,
    /// False when the name was only guessed: the stack does not know it.
    pub known: bool,
    /// The name as typed.
    pub name: Span,
    /// From the name to the last token, children included.
    pub extent: Span,
    /// Its events, as indices into the section's.
    pub events: (u32, u32),
    /// Index of the block that it stands in.
    pub parent: Option<u32>,
    /// The END keyword, for those that have one.
    pub end: Option<Span>,
}

/// What was wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SyntaxError {
    /// Index of the statement.
    pub stmt: u32,
    /// The token, or where one is missing.
    pub span: Span,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

/// What was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// No statement has this name.
    UnknownStatement {
        /// The nearest that could stand here.
        suggestion: Option<&'static str>,
    },
    /// A token fits nothing that may stand here.
    Unexpected {
        /// What may stand here, in words.
        expected: Vec<String>,
        /// The nearest keyword of these.
        suggestion: Option<&'static str>,
    },
    /// A keyword of the statement stands where it may not.
    OutOfOrder {
        /// The keyword, in full.
        keyword: &'static str,
        /// What may stand here, in words.
        expected: Vec<String>,
    },
    /// The statement ends before it is complete; the span is its last token.
    Missing {
        /// What may stand here, in words.
        expected: Vec<String>,
    },
    /// A value of the right form is outside its range or otherwise impossible.
    Value {
        /// Its place in the description.
        slot: Slot,
        /// What is wanted, in words.
        expected: String,
    },
    /// A keyword stands twice.
    Duplicate {
        /// The keyword, in full.
        keyword: &'static str,
    },
    /// Two keywords that exclude each other; the span is the second.
    Exclusive {
        /// The keyword, in full.
        keyword: &'static str,
        /// The one that stands before it.
        other: &'static str,
    },
    /// A block or list has no END; the span is its opener.
    NotClosed {
        /// The END keyword.
        end: &'static str,
        /// The statement that shows that it is over, if one does, as it is typed. It stands behind the section.
        before: Option<(Span, String)>,
    },
    /// An END without its opener.
    StrayEnd {
        /// The opener.
        opens: &'static str,
    },
    /// The statement belongs into a block.
    Misplaced {
        /// The block.
        block: &'static str,
    },
    /// A keyword that only the founding documents have.
    Founding {
        /// What the product has in its place.
        instead: &'static str,
    },
    /// An INCLUDE stands in front of the token, which goes on with the statement before it.
    Split {
        /// That statement.
        statement: &'static str,
    },
    /// A comment is glued to a token.
    GluedComment,
    /// A quoted text does not end in its record.
    UnclosedQuote,
}

/// A run of top-level statements with all that the parser knows of them. Equal texts give equal sections.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Section {
    /// The text from the first statement's name to the last token.
    pub text: Arc<str>,
    /// Statements in order, blocks before their children.
    pub stmts: Vec<Stmt>,
    /// Events of all statements.
    pub events: Vec<Event>,
    /// Mistakes in order.
    pub errors: Vec<SyntaxError>,
    /// True when a token has a system symbol.
    pub symbols: bool,
    /// The block or list in which the INCLUDE stands that brings this text, if it does.
    pub inside: Option<StatementId>,
}

impl Section {
    /// The statements with their indices.
    pub fn views(&self) -> impl Iterator<Item = StmtView<'_>> {
        (0..self.stmts.len()).filter_map(|index| self.view(index))
    }
    /// One statement.
    #[must_use]
    pub fn view(&self, index: usize) -> Option<StmtView<'_>> {
        let stmt = self.stmts.get(index)?;
        let events = self.events.get(stmt.events.0 as usize..stmt.events.1 as usize)?;
        Some(StmtView {
            section: self,
            index: u32::try_from(index).ok()?,
            stmt,
            parts: Parts::new(self, events),
        })
    }
    /// The text of a span.
    #[must_use]
    #[inline]
    pub fn text_of(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end() as usize).unwrap_or("")
    }
}

/// A statement to read from.
#[derive(Clone, Copy)]
pub struct StmtView<'s> {
    /// The section.
    pub section: &'s Section,
    /// Its index there.
    pub index: u32,
    /// The statement.
    pub stmt: &'s Stmt,
    /// Its parts.
    pub parts: Parts<'s>,
}

impl<'s> StmtView<'s> {
    /// Its description.
    #[must_use]
    pub fn desc(&self) -> Option<&'static StatementDesc> {
        lookup::statement(self.stmt.id?)
    }
    /// Its full name, or the word as typed.
    #[must_use]
    pub fn name(&self) -> &'s str {
        self.desc().map_or_else(|| self.section.text_of(self.stmt.name), |desc| desc.name)
    }
    /// Mistakes in it, not in its children.
    pub fn errors(&self) -> impl Iterator<Item = &'s SyntaxError> + use<'s> {
        let index = self.index;
        self.section.errors.iter().filter(move |error| error.stmt == index)
    }
}
