//! Whether a formatted text is read as the text was.

use std::ops::Range;

use super::view::View;
use crate::tree::{ErrorKind, Event, EventKind, Stmt};

/// Tokens at which the second text is read otherwise than the first; empty when nothing changed.
pub(super) fn changed_tokens(before: &View<'_>, after: &View<'_>) -> Vec<usize> {
    if let Some(token) = first_other_word(before, after) {
        return vec![token];
    }
    let mut changed = Vec::new();
    for (old, new) in before.comments.iter().zip(&after.comments) {
        let same = old.token == new.token
            && old.own_record == new.own_record
            && before.comment(old) == after.comment(new);
        // An allowance is for its record, so the record must hold the same words.
        let moved = !old.own_record
            && before.comment(old).contains("vipa:")
            && record_start(before, old.token) != record_start(after, new.token);
        if !same || moved {
            changed.push((old.token as usize).saturating_sub(1));
        }
    }
    if before.comments.len() != after.comments.len() {
        let last = before.comments.last().map_or(0, |comment| comment.token as usize);
        changed.push(last.saturating_sub(1));
    }
    let mut others = after.sections.iter().enumerate().peekable();
    for (index, range) in before.sections.iter().enumerate() {
        while others.next_if(|(_, other)| other.start < range.start).is_some() {}
        match others.peek() {
            Some((other, there)) if *there == range => {
                if let Some(token) = first_other_reading(before, index, after, *other) {
                    changed.push(token);
                }
            }
            Some(_) | None => changed.push(end_of_agreement(range, others.peek().map(|(_, range)| *range))),
        }
    }
    changed
}

fn first_other_word(before: &View<'_>, after: &View<'_>) -> Option<usize> {
    let most = before.tokens.len().max(after.tokens.len());
    (0..most).find(|token| before.word(*token) != after.word(*token))
}

/// The first token of the record that ends before a comment.
fn record_start(view: &View<'_>, token: u32) -> usize {
    let mut at = (token as usize).saturating_sub(1);
    while at > 0 && !view.is_first(at) {
        at -= 1;
    }
    at
}

/// Where two sections that begin together part, or the start of one that has no fellow.
fn end_of_agreement(range: &Range<usize>, other: Option<&Range<usize>>) -> usize {
    match other {
        Some(other) if other.start == range.start => range.end.min(other.end).saturating_sub(1),
        Some(_) | None => range.start,
    }
}

fn first_other_reading(before: &View<'_>, index: usize, after: &View<'_>, other: usize) -> Option<usize> {
    let (old, new) = (facts(before, index), facts(after, other));
    let differs = old.iter().zip(&new).find(|(old, new)| old != new).map(|(old, _)| old.token);
    differs.or_else(|| {
        (old.len() != new.len()).then(|| before.sections.get(index).map_or(0, |range| range.start))
    })
}

/// One thing that the parser says of a section, without its place in the text.
#[derive(PartialEq)]
struct Fact {
    token: usize,
    what: What,
}

#[derive(PartialEq)]
enum What {
    Statement(Stmt, Option<usize>),
    Event(EventKind, crate::description::Slot),
    Mistake(u32, ErrorKind),
}

fn facts(view: &View<'_>, index: usize) -> Vec<Fact> {
    let Some(placed) = view.parsed.sections.get(index) else { return Vec::new() };
    let section = &placed.section;
    let mut facts = Vec::new();
    for stmt in &section.stmts {
        let token = view.token_in(placed.start, stmt.name);
        let end = stmt.end.map(|span| view.token_in(placed.start, span));
        let bare = Stmt {
            name: crate::tree::Span::default(),
            extent: crate::tree::Span::default(),
            end: None,
            ..stmt.clone()
        };
        facts.push(Fact { token, what: What::Statement(bare, end) });
    }
    let whole = 0..view.tokens.len();
    let own = view.sections.get(index).unwrap_or(&whole);
    let mut last = own.start;
    for Event { kind, slot, span } in &section.events {
        if *kind == EventKind::Token {
            last = view.token_of(own, placed.start, *span);
        }
        facts.push(Fact { token: last, what: What::Event(*kind, *slot) });
    }
    for error in &section.errors {
        let token = view.token_in(placed.start, error.span);
        let kind = match &error.kind {
            // Where the next statement begins is told by the tokens.
            ErrorKind::NotClosed { end, .. } => ErrorKind::NotClosed { end, before: None },
            ErrorKind::UnknownStatement { .. }
            | ErrorKind::Unexpected { .. }
            | ErrorKind::OutOfOrder { .. }
            | ErrorKind::Missing { .. }
            | ErrorKind::Value { .. }
            | ErrorKind::Duplicate { .. }
            | ErrorKind::Exclusive { .. }
            | ErrorKind::StrayEnd { .. }
            | ErrorKind::Misplaced { .. }
            | ErrorKind::Founding { .. }
            | ErrorKind::Split { .. }
            | ErrorKind::GluedComment
            | ErrorKind::UnclosedQuote => error.kind.clone(),
        };
        facts.push(Fact { token, what: What::Mistake(error.stmt, kind) });
    }
    facts
}
