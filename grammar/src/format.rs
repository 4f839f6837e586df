//! The formatter: records, indentation and columns are made new, words and comments stay.
//!
//! Properties: the tokens and comments come out as they went in, in the same order; the parser understands the result as
//! it understood the text; formatting twice is formatting once; no record grows beyond column 72 that was not longer
//! before; every text has a result. The result is read again to make sure of it: what would be read otherwise, or would
//! not stay as it is, is left as typed.
//!
//! Where a statement has a mistake, or where nobody knows its inner form, it is left as typed too.

mod compare;
mod differ;
mod items;
mod layout;
mod pieces;
mod view;
mod write;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::description::StatementId;
use crate::parse::Dialect;
pub use differ::{Block, blocks};
pub use items::STEP;
use pieces::Piece;
use view::View;

/// Last column of a record: what stands behind it may be taken for sequence numbers.
pub const LAST_COLUMN: usize = 72;

/// How often a part that is read otherwise than before is taken back before the whole text is left as typed.
const ROUNDS: usize = 12;

/// What the pieces of a text have become, for the time when it is formatted again.
#[derive(Debug, Default)]
pub struct Kept {
    dialect: Dialect,
    /// None where nothing changes.
    pieces: BTreeMap<String, Option<String>>,
}

/// Formats a text whose records are separated by `\n`.
#[must_use]
pub fn format(text: &str, dialect: Dialect) -> String {
    format_again(text, dialect, &mut Kept::default())
}

/// The same where much of the text was formatted the last time: only what is new is laid out. Keeps as much as this text has, and no more.
pub fn format_again(text: &str, dialect: Dialect, kept: &mut Kept) -> String {
    let before = std::mem::replace(kept, Kept { dialect, ..Kept::default() });
    let mut known = if before.dialect == dialect { before.pieces } else { BTreeMap::new() };
    let mut out = String::with_capacity(text.len());
    for Piece { text: piece, apart } in pieces::pieces(text, dialect) {
        if apart {
            out.push('\n');
        }
        if !kept.pieces.contains_key(piece) {
            let (piece, new) = known.remove_entry(piece).unwrap_or_else(|| {
                let new = settle(&View::new(piece, dialect), true);
                (piece.to_owned(), (new != piece).then_some(new))
            });
            kept.pieces.insert(piece, new);
        }
        out.push_str(kept.pieces.get(piece).and_then(Option::as_deref).unwrap_or(piece));
    }
    out
}

/// Formats, and takes back what would be read otherwise. Whatever does not come `to_rest` is not touched: so formatting
/// twice is formatting once, always.
fn settle(view: &View<'_>, to_rest: bool) -> String {
    let (text, dialect) = (view.text, view.dialect);
    let rests = |new: &str, after: &View<'_>| !to_rest || settle(after, false) == new;
    let Some(first) = view.tokens.first() else {
        let new = write::comments_only(view);
        let rests = new == text || rests(&new, &View::new(&new, dialect));
        return if rests { new } else { text.to_owned() };
    };
    // A comma in front of everything would be lost, as it belongs to no word.
    let lead = view.text.get(..first.start as usize).unwrap_or("");
    if dialect == Dialect::Founding
        && view.comments.first().is_none_or(|comment| comment.token > 0)
        && lead.contains(',')
    {
        return text.to_owned();
    }
    // What may stand in a block is read there too, where other words begin a statement.
    let hosted = LazyCell::new(|| {
        let inside = |host| (host, View::inside(text, dialect, Some(host)));
        view.hosts().into_iter().map(inside).collect::<Vec<(StatementId, View<'_>)>>()
    });
    let mut items = items::split(view);
    for _ in 0..ROUNDS {
        let new = write::text(view, &mut items);
        // What has not changed is not read otherwise.
        if new == text {
            return new;
        }
        let after = View::new(&new, dialect);
        let mut changed = compare::changed_tokens(view, &after);
        for (host, before) in hosted.iter() {
            changed.extend(compare::changed_tokens(before, &View::inside(&new, dialect, Some(*host))));
        }
        if changed.is_empty() {
            let rests = rests(&new, &after);
            return if rests { new } else { text.to_owned() };
        }
        if !take_back(view, &mut items, &changed) {
            break;
        }
    }
    text.to_owned()
}

/// Leaves the items of these tokens as typed; the whole section of those that already were. False when that changes nothing.
fn take_back(view: &View<'_>, items: &mut [items::Item], tokens: &[usize]) -> bool {
    let mut any = false;
    for token in tokens {
        let holds = |range: &Range<usize>| range.contains(token);
        if let Some(item) = items.iter_mut().find(|item| holds(&item.tokens) && !item.as_typed) {
            item.as_typed = true;
            any = true;
            continue;
        }
        let Some(section) = view.sections.iter().find(|range| holds(range)) else { continue };
        for item in items.iter_mut().filter(|item| section.contains(&item.tokens.start)) {
            any |= !item.as_typed;
            item.as_typed = true;
        }
    }
    items::spread(view, items);
    any
}
