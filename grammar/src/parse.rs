//! The parser that the description drives.
//!
//! What may stand at a token is always known from the table, so a mistake says what was possible, and reading goes on at
//! the next token that can be placed. Properties: total (every text gives sections), no look back further than one
//! token, work in proportion to the text.

mod any_order;
mod block;
mod expect;
mod fits;
mod included;
mod matcher;
mod recover;
mod run;
mod take;
mod top;
mod window;

use std::cell::Cell;
use std::sync::Arc;

use crate::description::{KeywordDesc, Node, Slot, StatementDesc, StatementId};
use crate::token::{Comment, Scanner, Token, class};
use crate::tree::{ErrorKind, Event, EventKind, Section, Span, Stmt, SyntaxError};
use crate::{STATEMENTS, lookup};

use run::Sections;
pub use run::{Head, Run, Runs, Spot};
use window::Window;

/// Which language to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// The shipped product.
    #[default]
    Zos,
    /// The founding documents on top of the product: symbolic addresses, commas, statements outside their block.
    Founding,
}

/// A section and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Byte offset of the section in the text.
    pub start: u32,
    /// The section.
    pub section: Arc<Section>,
}

/// A text, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// In order.
    pub sections: Vec<Placed>,
    /// In order.
    pub comments: Vec<Comment>,
}

/// Reads a text.
#[must_use]
pub fn parse(text: &str, dialect: Dialect) -> Parsed {
    parse_inside(text, dialect, None)
}

/// Reads a text that an INCLUDE brings into a block or list. What closes that block is not awaited here.
#[must_use]
pub fn parse_inside(text: &str, dialect: Dialect, inside: Option<StatementId>) -> Parsed {
    Sections::default().read(text, dialect, inside, Window::default()).0
}

/// The same, and which operands of which statement could stand in place of the last token, if that one fits nothing.
pub(crate) fn parse_probing(
    text: &str,
    dialect: Dialect,
    inside: Option<StatementId>,
) -> (Parsed, Option<Probed>) {
    Sections::default().read(text, dialect, inside, Window { probe: true, ..Window::default() })
}

/// Reads a text as [`parse_inside`] does, with several statements of the top level in one section: less to hold, and less work, than a section
/// for each. A statement with a system symbol has a run to itself.
pub fn read_runs(text: &str, dialect: Dialect, inside: Option<StatementId>, runs: &mut dyn Runs) {
    run::read(text, dialect, inside, Window::default(), runs);
}

/// Reads what stands behind a spot that was told of this text, or of another one that is the same from there on, as [`read_runs`] reads it.
pub fn read_rest(text: &str, dialect: Dialect, spot: &Spot, runs: &mut dyn Runs) {
    run::read_rest(text, dialect, spot, runs);
}

/// The same, with all runs at once; `ends` is given the text of each statement of the top level in turn and says whether a run ends behind it.
#[must_use]
pub fn parse_runs(
    text: &str,
    dialect: Dialect,
    inside: Option<StatementId>,
    ends: &mut dyn FnMut(&str) -> bool,
) -> Vec<Run> {
    let mut list = run::List { runs: Vec::new(), ends };
    read_runs(text, dialect, inside, &mut list);
    list.runs
}

/// At most so many mistakes of one section carry their list of what was possible.
const DETAILED_ERRORS: usize = 200;

struct Parser<'t> {
    text: &'t str,
    /// The tokens that are looked at: see `window.rs`.
    tokens: Vec<Token>,
    /// So many tokens stood before them.
    dropped: usize,
    scanner: Scanner<'t>,
    /// Whether a token was asked for that is not among them.
    touched: Cell<bool>,
    /// The last token that was asked for since it was last told.
    reach: Cell<usize>,
    window: Window,
    /// Whether tokens are added, and given up, within a statement.
    feeds: bool,
    /// Tokens of the statement that are given up and of which something is to be said at its end.
    odd: Vec<Token>,
    /// Comments that have been passed and not yet told.
    comments: Vec<Comment>,
    /// So many bytes have been passed.
    passed: u32,
    pos: usize,
    /// The first token of the statement of the top level that is being read.
    head: usize,
    /// Where that begins in the text.
    head_start: u32,
    base: u32,
    founding: bool,
    desc: Option<&'static StatementDesc>,
    /// Index of the statement that is being read.
    stmt: u32,
    /// The token that it was opened at.
    opened: usize,
    stmts: Vec<Stmt>,
    events: Vec<Event>,
    errors: Vec<SyntaxError>,
    /// Whether the lists of sections come back.
    lent: bool,
    /// How many of the errors are of the statements before this one of the top level.
    errors_before: usize,
    /// The same for events.
    events_before: usize,
    /// The statements of the top level that are read and not yet taken.
    heads: Vec<Head>,
    /// What may come behind the node that is being read, innermost last.
    follow: Vec<&'static [Node]>,
    /// Where in it lists stand that need at least one entry and have it: they could end.
    enough: Vec<usize>,
    /// END keywords that are awaited, innermost last.
    ends: Vec<&'static KeywordDesc>,
    /// Name of the block whose statements are being read.
    block: Option<&'static str>,
    /// What could have stood at `missed_at` and was left out, so that a mistake there can name it.
    missed: Vec<&'static Node>,
    missed_at: usize,
    /// A misspelt token that is read as this keyword.
    repair: Option<(usize, &'static str)>,
    /// The block or list in which the INCLUDE stands that brings this text.
    inside: Option<&'static StatementDesc>,
    /// The statement before the current one, at the top level.
    before: Option<&'static StatementDesc>,
    /// The statement that an INCLUDE has just ended.
    split: Option<&'static StatementDesc>,
    /// The last token of which somebody asked what statements it names, with the answer.
    named: Cell<(usize, &'static [StatementId])>,
    /// INCLUDEs within the list that is being read: name and operand.
    embedded: Vec<(Span, Span)>,
    /// The token of which somebody wants to know what could stand there.
    probe: Option<usize>,
    /// The statement there, and the operands that could.
    probed: Option<Probed>,
}

/// A statement and operands of it.
type Probed = (StatementId, Vec<Slot>);

impl<'t> Parser<'t> {
    fn token(&self, index: usize) -> Option<Token> {
        let token = self.tokens.get(index.wrapping_sub(self.dropped)).copied();
        if index > self.reach.get() {
            self.reach.set(index);
        }
        if token.is_none() {
            self.touched.set(true);
        }
        token
    }

    /// The token as the parser reads it: repaired, or as typed.
    fn word(&self, index: usize) -> &'t str {
        if let Some((at, keyword)) = self.repair
            && at == index
        {
            return keyword;
        }
        self.typed(index)
    }

    /// The statements that a token may name, as it is read.
    fn named(&self, index: usize) -> &'static [StatementId] {
        if self.repair.is_some_and(|(at, _)| at == index) {
            return lookup::statements_named(self.word(index));
        }
        let (known, named) = self.named.get();
        if known == index {
            return named;
        }
        // Of a token that is not there yet nothing is known.
        let Some(token) = self.token(index) else { return &[] };
        if !token.kinds.may_stop() {
            return &[];
        }
        let named = if token.classes & class::OTHER != 0 {
            lookup::statements_named(self.text_of(token))
        } else {
            lookup::statements_named_in_letters(self.bytes_of(&token))
        };
        self.named.set((index, named));
        named
    }

    fn typed(&self, index: usize) -> &'t str {
        self.token(index).map_or("", |token| self.text_of(token))
    }

    fn text_of(&self, token: Token) -> &'t str {
        self.text.get(token.start as usize..(token.start + token.len) as usize).unwrap_or("")
    }

    fn bytes_of(&self, token: &Token) -> &'t [u8] {
        self.text.as_bytes().get(token.start as usize..(token.start + token.len) as usize).unwrap_or(&[])
    }

    /// The place of a token; of one that stands before the statement of the top level, that of its name.
    fn span(&self, index: usize) -> Span {
        self.token(index.max(self.head)).map_or(Span::default(), |token| Span {
            start: token.start.saturating_sub(self.base),
            len: token.len,
        })
    }

    fn open(&mut self, desc: Option<&'static StatementDesc>, known: bool, parent: Option<u32>) {
        self.desc = desc;
        self.opened = self.pos;
        self.stmt = u32::try_from(self.stmts.len()).unwrap_or(u32::MAX);
        let name = self.span(self.pos);
        let events = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        self.stmts.push(Stmt {
            id: desc.map(|desc| desc.id),
            known,
            name,
            extent: name,
            events: (events, events),
            parent,
            end: None,
        });
    }

    fn close(&mut self) {
        let events = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        let last = self.span(self.pos.saturating_sub(1).max(self.opened));
        if let Some(stmt) = self.stmts.get_mut(self.stmt as usize) {
            stmt.events.1 = events;
            stmt.extent = stmt.name.to(last);
        }
    }

    fn statement(&mut self, desc: &'static StatementDesc, known: bool, error: Option<ErrorKind>) {
        let parent = self.block.map(|_| self.parent());
        self.open(Some(desc), known, parent);
        if let Some(kind) = error {
            self.error(self.span(self.pos), kind);
        }
        self.body(desc);
    }

    /// Index of the block statement that is open.
    fn parent(&self) -> u32 {
        let block = self.stmts.iter().rposition(|stmt| stmt.parent.is_none()).unwrap_or(0);
        u32::try_from(block).unwrap_or(0)
    }

    /// Everything behind the name; `pos` stands at the name.
    fn body(&mut self, desc: &'static StatementDesc) {
        self.pos += 1;
        let stmt = self.stmt;
        if let Some(end) = &desc.end {
            self.ends.push(end);
        }
        let syntax: &'static Node =
            if self.founding { desc.founding_syntax.as_ref().unwrap_or(&desc.syntax) } else { &desc.syntax };
        self.follow.clear();
        let good = self.node(syntax);
        let block = desc.end.is_some() && STATEMENTS.iter().any(|child| child.blocks.contains(&desc.name));
        if !good {
            self.event(EventKind::Bad);
            self.skip_to_statement();
        } else if !block {
            self.after_statement();
        }
        self.close();
        if let Some(end) = &desc.end {
            if block {
                self.children(desc, stmt);
            }
            self.finish_block(end, stmt);
            self.ends.pop();
            self.embedded_includes(stmt);
        }
        self.stmt = stmt;
    }

    fn event(&mut self, kind: EventKind) {
        self.events.push(Event { kind, slot: crate::description::Slot(u16::MAX), span: Span::default() });
    }

    fn error(&mut self, span: Span, kind: ErrorKind) {
        self.errors.push(SyntaxError { stmt: self.stmt, span, kind });
    }

    fn described(&self, id: StatementId) -> Option<&'static StatementDesc> {
        lookup::statement(id)
    }
}
