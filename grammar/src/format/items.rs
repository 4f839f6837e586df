//! What gets records of its own: statements, the children of blocks, END keywords.

use std::collections::BTreeMap;
use std::ops::Range;

use super::view::View;
use crate::STATEMENTS;
use crate::description::{Node, Slot, StatementDesc, StatementId};
use crate::lookup;
use crate::parse::Dialect;
use crate::slot::include;
use crate::tree::Section;

/// A run of tokens that begins a record.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub tokens: Range<usize>,
    /// Columns before it.
    pub indent: usize,
    /// The statement; None for an END and for what is no statement.
    pub id: Option<StatementId>,
    /// Each part of it gets a record of its own.
    pub list: bool,
    /// Its records stay as they are.
    pub as_typed: bool,
}

/// Columns that an inner level is moved to the right.
pub const STEP: usize = 2;

/// The items of a text. They hold every token, in order.
pub(super) fn split(view: &View<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut seen: BTreeMap<StatementId, (bool, bool)> = BTreeMap::new();
    for (placed, section) in view.parsed.sections.iter().zip(&view.sections) {
        let begun = items.len();
        for stmt in &placed.section.stmts {
            let indent = if stmt.parent.is_some() { STEP } else { 0 };
            let desc = stmt.id.and_then(lookup::statement);
            let (list, rest) = desc.map_or((false, true), |desc| {
                let know = || (has_entries(desc, view.dialect), is_rest(&desc.syntax));
                *seen.entry(desc.id).or_insert_with(know)
            });
            let start = view.token_in(placed.start, stmt.name);
            let mut item =
                Item { tokens: start..start, indent, id: stmt.id, list, as_typed: !stmt.known || rest };
            if let Some(end) = stmt.end {
                let end = view.token_in(placed.start, end);
                items.push(Item { tokens: end..end, id: None, list: false, as_typed: false, ..item.clone() });
            } else {
                // One entry stays in the record of the name, if it stood there.
                let last = placed.start + stmt.extent.end();
                let end = view.tokens.partition_point(|token| token.start < last);
                let parts: Vec<usize> = (start..end).filter(|token| view.role(*token).part).collect();
                item.list &= parts.len() > 1 || parts.first().is_some_and(|token| view.is_first(*token));
            }
            items.push(item);
        }
        if let Some(new) = items.get_mut(begun..) {
            new.sort_by_key(|item| item.tokens.start);
            close(new, section.clone());
            if cut_by_include(&placed.section) {
                new.iter_mut().for_each(|item| item.as_typed = true);
            }
            for error in &placed.section.errors {
                let stmt = placed.section.stmts.get(error.stmt as usize);
                let name = stmt.map(|stmt| view.token_in(placed.start, stmt.name));
                for token in name.into_iter().chain([view.token_in(placed.start, error.span)]) {
                    let at = new.partition_point(|item| item.tokens.end <= token);
                    if let Some(item) = new.get_mut(at) {
                        item.as_typed = true;
                    }
                }
            }
        }
    }
    spread(view, &mut items);
    items
}

/// Whether an INCLUDE stands between the entries of a list.
fn cut_by_include(section: &Section) -> bool {
    section.stmts.iter().filter(|stmt| stmt.id == Some(include::ID)).any(|stmt| {
        let parent = stmt.parent.and_then(|parent| section.stmts.get(parent as usize));
        let list = parent.and_then(|parent| parent.id).and_then(lookup::statement);
        list.is_some_and(|list| STATEMENTS.iter().all(|desc| !desc.blocks.contains(&list.name)))
    })
}

/// Each item ends where the next begins.
fn close(items: &mut [Item], section: Range<usize>) {
    let starts: Vec<usize> =
        items.iter().skip(1).map(|item| item.tokens.start).chain([section.end]).collect();
    for (item, end) in items.iter_mut().zip(starts) {
        item.tokens.end = end;
    }
    // Nothing may be lost in front.
    if let Some(first) = items.first_mut() {
        first.tokens.start = section.start;
    }
}

/// Who shares a record with an item that stays as typed, stays as typed.
pub(super) fn spread(view: &View<'_>, items: &mut [Item]) {
    let shares: Vec<bool> = items
        .iter()
        .skip(1)
        .map(|item| {
            let start = item.tokens.start;
            start > 0 && view.record_of(start - 1) == view.record_of(start)
        })
        .collect();
    let mut as_typed: Vec<bool> = items.iter().map(|item| item.as_typed).collect();
    let pass = |from: usize, to: usize, shared: bool, as_typed: &mut [bool]| {
        if shared
            && as_typed.get(from) == Some(&true)
            && let Some(other) = as_typed.get_mut(to)
        {
            *other = true;
        }
    };
    for (index, shared) in shares.iter().enumerate() {
        pass(index, index + 1, *shared, &mut as_typed);
    }
    for (index, shared) in shares.iter().enumerate().rev() {
        pass(index + 1, index, *shared, &mut as_typed);
    }
    for (item, typed) in items.iter_mut().zip(as_typed) {
        item.as_typed = typed;
    }
}

fn syntax(desc: &StatementDesc, dialect: Dialect) -> &Node {
    match dialect {
        Dialect::Founding => desc.founding_syntax.as_ref().unwrap_or(&desc.syntax),
        Dialect::Zos => &desc.syntax,
    }
}

fn has_entries(desc: &StatementDesc, dialect: Dialect) -> bool {
    entry(syntax(desc, dialect)).is_some()
}

/// The group that a list at the end of a syntax repeats.
fn entry(node: &Node) -> Option<Slot> {
    match node {
        Node::Repeat(inner, _, high) if *high > 1 => match inner {
            Node::Group(slot, _) => Some(*slot),
            Node::Nothing
            | Node::Rest(_)
            | Node::Keyword(_)
            | Node::Literal(..)
            | Node::Operand(..)
            | Node::Sequence(_)
            | Node::Choice(_)
            | Node::Optional(_)
            | Node::Repeat(..)
            | Node::AnyOrder(_) => None,
        },
        Node::Sequence(nodes) => nodes.last().and_then(entry),
        Node::Optional(inner) => entry(inner),
        Node::Nothing
        | Node::Rest(_)
        | Node::Keyword(_)
        | Node::Literal(..)
        | Node::Operand(..)
        | Node::Choice(_)
        | Node::Repeat(..)
        | Node::AnyOrder(_)
        | Node::Group(..) => None,
    }
}

/// Whether only the extent of a statement is known: what its records mean is not.
fn is_rest(node: &Node) -> bool {
    match node {
        Node::Rest(_) => true,
        Node::Nothing | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => false,
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().any(is_rest),
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => is_rest(inner),
    }
}
