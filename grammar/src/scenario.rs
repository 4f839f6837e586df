//! The scenario language: events on a running sysplex, their outcomes, and what is expected of the state.
//!
//! `scenario.pest` is the grammar; [`parse`] gives plain data that keeps the place of every word. A scenario never fails
//! as a whole: a line that cannot be read becomes [`LineKind::Malformed`] and the others stand.

mod error;
mod event;
mod expect;
mod format;
mod markdown;
mod node;
mod read;
mod show;
mod words;

use std::net::IpAddr;

pub use error::{ScenarioError, expected_at, join_or, nearest};
pub use event::{Call, Event, HoldPoint, SocketOptions};
pub use expect::{Expect, Outcome, OutcomeItem, Route, Status};
pub use format::format;
pub use markdown::{Block, blocks, parse_markdown};
pub use read::{parse, parse_at, parse_event};
pub use words::{WordKind, words};

/// Where a word stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Byte offset of the first byte in the file.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column of the first character, from 1, in characters.
    pub column: u32,
    /// Column behind the last character.
    pub end_column: u32,
}

/// A word as typed. Names compare without case: see [`Word::is`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// As typed, without quotes.
    pub text: String,
    /// Where.
    pub span: Span,
}

impl Word {
    /// True when the name is this one, whatever the case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.text.eq_ignore_ascii_case(name)
    }
}

/// A number with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number<T> {
    /// The number.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// An address as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// What it is.
    pub host: Host,
    /// As typed, without brackets.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// The three ways to write an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// `*`, the unspecified address.
    Any,
    /// An IPv4 or IPv6 address.
    Ip(IpAddr),
    /// A symbolic address of the sysplex description, as typed.
    Symbol(String),
}

/// `ADDRESS:PORT`, `[v6]:PORT` or `*:PORT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The address.
    pub address: Address,
    /// The port, 0 where one is to be chosen.
    pub port: Number<u16>,
    /// Both together.
    pub span: Span,
}

/// The lines of one scenario, blank ones left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scenario {
    /// In order of the text.
    pub lines: Vec<Line>,
}

impl Scenario {
    /// What is wrong with the lines that could not be read, in order.
    pub fn errors(&self) -> impl Iterator<Item = &ScenarioError> {
        self.lines.iter().filter_map(|line| match &line.kind {
            LineKind::Malformed(error) => Some(error),
            LineKind::Event(_) | LineKind::Outcome(_) | LineKind::Expect(_) | LineKind::Comment => None,
        })
    }
}

/// One line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The line without surrounding blanks and without its comment (a comment line: the comment).
    pub span: Span,
    /// What it says.
    pub kind: LineKind,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Something that happens.
    Event(Event),
    /// What the event above must have led to.
    Outcome(Outcome),
    /// What must be true now.
    Expect(Expect),
    /// A comment alone.
    Comment,
    /// A line that cannot be read.
    Malformed(ScenarioError),
}
