//! The whole of a text: one statement of the top level after the other, several to a section.

use std::sync::Arc;

use super::window::Window;
use super::{Dialect, Parsed, Parser, Placed, Probed};
use crate::description::StatementId;
use crate::token::Comment;
use crate::tree::{Event, EventKind, Section, Span, Stmt, SyntaxError};

/// Sections in a row that the parser gives as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Byte offset of the section in the text.
    pub start: u32,
    /// The section: its text goes from the first statement to the last, with what stands between them.
    pub section: Arc<Section>,
    /// Its statements of the top level, in order.
    pub heads: Box<[Head]>,
}

/// A statement of the top level, with its children, in the section of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// From its name to its last token.
    pub extent: Span,
    /// Behind its last statement, as an index into the section's. The first is where the head before ends.
    pub stmts: u32,
    /// Behind its last mistake, as an index into the section's.
    pub errors: u32,
}

/// Lists with room for more events than so many are not used again.
const LENT: usize = 1 << 14;

/// Who takes a text while it is read, run by run.
pub trait Runs {
    /// Hears of each statement of the top level by its text, in turn; whether a run ends behind it.
    fn ends(&mut self, text: &str) -> bool;
    /// Takes a run.
    fn take(&mut self, run: Run);
    /// A section that was taken and is over: its lists are used again.
    fn spare(&mut self) -> Option<Section> {
        None
    }
    /// Hears of each comment, in turn, before or behind the statements around it.
    fn comment(&mut self, comment: Comment) {
        let _ = comment;
    }
    /// Hears where reading may begin anew, between two runs, each time that it may; whether it is to go on.
    fn rest(&mut self, spot: Spot) -> bool {
        let _ = spot;
        true
    }
}

/// A place between two statements of the top level from which the rest of a text can be read without what stands before. Nothing but the text
/// from there on and what is told here decides how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Byte offset of the first token of the rest.
    pub start: u32,
    /// Whether that is the first token of its record.
    pub first: bool,
    /// The statement before it, which an INCLUDE may cut in two.
    pub before: Option<StatementId>,
    /// No byte from here on was looked at for what was read since the last spot; the greatest number for the end of the text.
    pub reach: u32,
}

/// All runs.
pub(super) struct List<'e> {
    pub(super) runs: Vec<Run>,
    pub(super) ends: &'e mut dyn FnMut(&str) -> bool,
}

impl Runs for List<'_> {
    fn ends(&mut self, text: &str) -> bool {
        (self.ends)(text)
    }

    fn take(&mut self, run: Run) {
        self.runs.push(run);
    }
}

/// Each statement of the top level as a section by itself.
#[derive(Default)]
pub(super) struct Sections {
    parsed: Parsed,
}

impl Runs for Sections {
    fn ends(&mut self, _: &str) -> bool {
        true
    }

    fn take(&mut self, run: Run) {
        self.parsed.sections.push(Placed { start: run.start, section: run.section });
    }

    fn comment(&mut self, comment: Comment) {
        self.parsed.comments.push(comment);
    }
}

impl Sections {
    /// Reads a text.
    pub(super) fn read(
        mut self,
        text: &str,
        dialect: Dialect,
        inside: Option<StatementId>,
        window: Window,
    ) -> (Parsed, Option<Probed>) {
        let probed = read(text, dialect, inside, window, &mut self);
        (self.parsed, probed)
    }
}

/// Reads a text. Gives what was asked of the last token, if the window is the whole text.
pub(super) fn read(
    text: &str,
    dialect: Dialect,
    inside: Option<StatementId>,
    window: Window,
    runs: &mut dyn Runs,
) -> Option<Probed> {
    let mut parser = Parser::new(text, dialect, inside, window);
    if window.probe {
        parser.widen(usize::MAX);
        parser.probe = Some(parser.tokens.len().saturating_sub(1));
    }
    go_on(&mut parser, runs);
    parser.probed
}

/// Reads what stands behind a spot of the same text, or of one that is the same from there on.
pub(super) fn read_rest(text: &str, dialect: Dialect, spot: &Spot, runs: &mut dyn Runs) {
    let mut parser = Parser::new(text, dialect, None, Window::default());
    parser.scanner.skip_to(spot.start, spot.first);
    parser.before = spot.before.and_then(crate::lookup::statement);
    go_on(&mut parser, runs);
}

fn go_on(parser: &mut Parser<'_>, runs: &mut dyn Runs) {
    let text = parser.text;
    loop {
        parser.advance();
        parser.comments.drain(..).for_each(|comment| runs.comment(comment));
        let first = parser.pos;
        let Some(token) = parser.token(first) else { break };
        // A text that an INCLUDE brings in is read in another way behind the END of its block.
        let host = parser.inside;
        if parser.heads.is_empty() {
            parser.base = token.start;
        }
        let mark = parser.mark(token);
        (parser.head, parser.head_start) = (first, token.start);
        parser.events_before = parser.events.len();
        parser.first();
        if parser.pos == first {
            parser.pos += 1;
        }
        if parser.wants_more() {
            let twice = parser.pos.saturating_sub(first).max(parser.tokens.len());
            parser.back_to(mark);
            parser.widen(twice);
            continue;
        }
        parser.feeds = true;
        let left = host.map(|desc| desc.id) != parser.inside.map(|desc| desc.id);
        let symbols = parser.finish(first);
        if (symbols || left) && parser.heads.len() > 1 {
            let run = parser.take_all_but_last(host.map(|desc| desc.id));
            runs.take(run);
            parser.lend(runs.spare());
        }
        let last = parser.heads.last().map_or(Span::default(), |head| head.extent);
        let from = (parser.base + last.start) as usize;
        let over = runs.ends(text.get(from..from + last.len as usize).unwrap_or(""));
        if over || symbols {
            let run = parser.take(symbols);
            runs.take(run);
            parser.lend(runs.spare());
            if over && parser.spot().is_some_and(|spot| !runs.rest(spot)) {
                return;
            }
        }
    }
    if !parser.heads.is_empty() {
        runs.take(parser.take(false));
    }
}

impl Parser<'_> {
    /// Where the next statement of the top level begins, if nothing of what stands before it is of any matter to it.
    fn spot(&self) -> Option<Spot> {
        let next = *self.tokens.get(self.pos.wrapping_sub(self.dropped))?;
        let repaired = self.repair.is_some_and(|(at, _)| at >= self.pos);
        if self.inside.is_some() || self.split.is_some() || repaired {
            return None;
        }
        let last = self.tokens.get(self.reach.take().wrapping_sub(self.dropped));
        // The byte behind a word ends it.
        let reach = last.map_or(u32::MAX, |last| (last.start + last.len).saturating_add(1));
        let before = self.before.map(|desc| desc.id);
        Some(Spot { start: next.start, first: next.first, before, reach })
    }

    /// The statements that were read since the last section was taken, as a section by themselves.
    fn take(&mut self, symbols: bool) -> Run {
        self.errors_before = 0;
        let inside = self.inside.map(|desc| desc.id);
        let heads: Box<[Head]> = self.heads.drain(..).collect();
        let end = heads.last().map_or(0, |head| head.extent.end());
        let text = self.text_from(self.base, end);
        let section = if self.lent {
            let (stmts, events) = (std::mem::take(&mut self.stmts), std::mem::take(&mut self.events));
            Section { text, stmts, events, errors: std::mem::take(&mut self.errors), symbols, inside }
        } else {
            // Not the parser's own lists, which have room for the longest statement: these are kept.
            let (stmts, events) = (self.stmts.drain(..).collect(), self.events.drain(..).collect());
            Section { text, stmts, events, errors: self.errors.drain(..).collect(), symbols, inside }
        };
        Run { start: self.base, section: Arc::new(section), heads }
    }

    /// Uses the lists of a section again that is over, but for those of a long one.
    fn lend(&mut self, spare: Option<Section>) {
        let Some(mut spare) = spare else { return };
        self.lent = true;
        if self.stmts.is_empty() && spare.events.capacity() <= LENT {
            spare.stmts.clear();
            spare.events.clear();
            spare.errors.clear();
            (self.stmts, self.events, self.errors) = (spare.stmts, spare.events, spare.errors);
        }
    }

    /// The same as [`Self::take`] without the last one, which begins the next run.
    fn take_all_but_last(&mut self, inside: Option<StatementId>) -> Run {
        let last = self.heads.pop();
        let before = self.heads.last().copied();
        let (stmts, errors) = before.map_or((0, 0), |head| (head.stmts as usize, head.errors as usize));
        let events = self.stmts.get(stmts).map_or(self.events.len(), |stmt| stmt.events.0 as usize);
        let base = self.base + last.map_or(0, |head| head.extent.start);
        let mut tail_stmts = self.stmts.split_off(stmts.min(self.stmts.len()));
        let mut tail_events = self.events.split_off(events.min(self.events.len()));
        let mut tail_errors = self.errors.split_off(errors.min(self.errors.len()));
        let mut run = self.take(false);
        if inside != run.section.inside {
            run.section = Arc::new(Section { inside, ..Arc::unwrap_or_clone(run.section) });
        }
        let moved = Moved {
            bytes: base - self.base,
            stmts: u32::try_from(stmts).unwrap_or(0),
            events: u32::try_from(events).unwrap_or(0),
        };
        tail_stmts.iter_mut().for_each(|stmt| moved.stmt(stmt));
        tail_events.iter_mut().for_each(|event| moved.event(event));
        tail_errors.iter_mut().for_each(|error| moved.error(error));
        self.base = base;
        self.stmts = tail_stmts;
        self.events = tail_events;
        self.errors = tail_errors;
        self.errors_before = self.errors.len();
        self.heads.extend(last.map(|head| Head {
            extent: Span { start: 0, len: head.extent.len },
            stmts: u32::try_from(self.stmts.len()).unwrap_or(u32::MAX),
            errors: u32::try_from(self.errors.len()).unwrap_or(u32::MAX),
        }));
        run
    }

    fn text_from(&self, start: u32, len: u32) -> Arc<str> {
        Arc::from(self.text.get(start as usize..(start + len) as usize).unwrap_or(""))
    }
}

/// What a statement is told when it becomes the first of its section.
struct Moved {
    bytes: u32,
    stmts: u32,
    events: u32,
}

impl Moved {
    fn span(&self, span: &mut Span) {
        span.start = span.start.saturating_sub(self.bytes);
    }

    fn stmt(&self, stmt: &mut Stmt) {
        self.span(&mut stmt.name);
        self.span(&mut stmt.extent);
        if let Some(end) = &mut stmt.end {
            self.span(end);
        }
        stmt.events.0 = stmt.events.0.saturating_sub(self.events);
        stmt.events.1 = stmt.events.1.saturating_sub(self.events);
        stmt.parent = stmt.parent.map(|parent| parent.saturating_sub(self.stmts));
    }

    fn event(&self, event: &mut Event) {
        // The others have no place.
        if event.kind == EventKind::Token {
            self.span(&mut event.span);
        }
    }

    fn error(&self, error: &mut SyntaxError) {
        self.span(&mut error.span);
        error.stmt = error.stmt.saturating_sub(self.stmts);
        if let crate::tree::ErrorKind::NotClosed { before: Some((span, _)), .. } = &mut error.kind {
            self.span(span);
        }
    }
}
