//! An item to records: where they begin, how far they stand to the right, and what is aligned in them.

use std::ops::Range;

use super::LAST_COLUMN;
use super::items::{Item, STEP};
use super::view::View;

/// A record to be written.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub indent: usize,
    pub tokens: Range<usize>,
    /// An empty record may stand before it.
    pub opens: bool,
    /// A line of a table: its words stand under those of the other lines.
    pub tabular: bool,
    /// Columns of its first words, where they are aligned.
    pub cells: Vec<Cell>,
}

/// Width of a column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub width: usize,
    /// Numbers stand at its right end.
    pub right: bool,
}

/// How many words of a line are aligned: behind them come options, which differ from line to line.
const CELLS: usize = 3;

/// The records of an item.
pub(super) fn rows(view: &View<'_>, item: &Item) -> Vec<Row> {
    if item.list { list(view, item) } else { plain(view, item) }
}

fn row(indent: usize, tokens: Range<usize>, opens: bool) -> Row {
    Row { indent, tokens, opens, tabular: false, cells: Vec::new() }
}

fn list(view: &View<'_>, item: &Item) -> Vec<Row> {
    let mut starts: Vec<usize> = item.tokens.clone().filter(|token| view.role(*token).part).collect();
    let head = item.tokens.start..starts.first().copied().unwrap_or(item.tokens.end);
    starts.push(item.tokens.end);
    let mut rows = fill(view, head, item.indent, item.indent + 2 * STEP, true);
    let inner = item.indent + STEP;
    let begun = rows.len();
    for pair in starts.windows(2) {
        let [start, end] = pair else { continue };
        let mut entry = fill(view, *start..*end, inner, inner + STEP, false);
        if let [only] = entry.as_mut_slice() {
            only.tabular = true;
        }
        rows.append(&mut entry);
    }
    align(view, rows.get_mut(begun..).unwrap_or(&mut []), CELLS);
    rows
}

fn plain(view: &View<'_>, item: &Item) -> Vec<Row> {
    let (indent, next) = (item.indent, item.indent + STEP);
    let all = item.tokens.clone();
    let Some(targets) = all.clone().find(|token| view.role(*token).targets) else {
        return fill(view, all, indent, next, true);
    };
    let clause = targets..all.end;
    let mut starts: Vec<usize> = clause.clone().filter(|token| view.role(*token).part).collect();
    let fits = next + view.width_of(clause.clone()) <= LAST_COLUMN
        && !clause.clone().skip(1).any(|token| view.is_cut(token));
    if fits || starts.len() < 2 || targets == all.start {
        return fill(view, all, indent, next, true);
    }
    // Too many targets for a record: each gets its own, under the first.
    let mut rows = fill(view, all.start..targets, indent, next, true);
    let under = next + view.width(targets) + 1;
    starts.push(all.end);
    for (index, pair) in starts.windows(2).enumerate() {
        let [start, end] = pair else { continue };
        let (from, at) = if index == 0 { (targets, next) } else { (*start, under) };
        rows.append(&mut fill(view, from..*end, at, under + STEP, false));
    }
    for row in rows.iter_mut().skip(1) {
        row.opens = false;
    }
    rows
}

/// Tokens into records up to the last column. With `keep`, a record that the user began with a keyword stays one.
fn fill(view: &View<'_>, tokens: Range<usize>, indent: usize, next: usize, keep: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut start = tokens.start;
    while start < tokens.end {
        let indent = if rows.is_empty() { indent } else { next };
        let mut width = indent + view.width(start);
        let mut end = start + 1;
        let mut good = None;
        while end < tokens.end {
            if view.is_cut(end) || (keep && view.is_first(end) && view.role(end).keyword) {
                break;
            }
            // A keyword goes to the next record together with its operands, if that leaves no record half empty.
            if view.role(end).keyword && width > LAST_COLUMN / 2 {
                good = Some(end);
            }
            width += 1 + view.width(end);
            if width > LAST_COLUMN {
                end = good
                    .filter(|good| next + clause_width(view, *good, tokens.end) <= LAST_COLUMN)
                    .unwrap_or(end);
                break;
            }
            end += 1;
        }
        rows.push(row(indent, start..end, rows.is_empty()));
        start = end;
    }
    rows
}

/// Columns of a keyword with its operands.
fn clause_width(view: &View<'_>, keyword: usize, end: usize) -> usize {
    let next = (keyword + 1..end).find(|token| view.role(*token).keyword || view.is_cut(*token));
    view.width_of(keyword..next.unwrap_or(end))
}

/// Aligns the first words of the tabular rows, when every row then still fits.
pub(super) fn align(view: &View<'_>, rows: &mut [Row], most: usize) {
    let tabular = || rows.iter().filter(|row| row.tabular);
    if tabular().count() < 2 {
        return;
    }
    let longest = tabular().map(|row| row.tokens.len()).max().unwrap_or(0);
    let cells: Vec<Cell> = (0..most.min(longest.saturating_sub(1)))
        .map(|column| {
            let words = || tabular().map(|row| row.tokens.start + column).zip(tabular());
            let words = || words().filter(|(token, row)| *token < row.tokens.end).map(|(token, _)| token);
            Cell {
                width: words().map(|token| view.width(token)).max().unwrap_or(0),
                right: words().all(|token| view.word(token).bytes().all(|byte| byte.is_ascii_digit())),
            }
        })
        .collect();
    let fits = tabular().all(|row| width_with(view, row, &cells) <= LAST_COLUMN);
    if fits {
        for row in rows.iter_mut().filter(|row| row.tabular) {
            row.cells.clone_from(&cells);
        }
    }
}

/// Columns up to the end of a row.
pub(super) fn width(view: &View<'_>, row: &Row) -> usize {
    width_with(view, row, &row.cells)
}

fn width_with(view: &View<'_>, row: &Row, cells: &[Cell]) -> usize {
    let last = row.tokens.len().saturating_sub(1);
    let words = row.tokens.clone().enumerate().map(|(column, token)| {
        let typed = view.width(token);
        match cells.get(column) {
            // Behind the last word nothing is filled up; before a number it is.
            Some(cell) if column < last || cell.right => cell.width.max(typed),
            Some(_) | None => typed,
        }
    });
    row.indent + words.sum::<usize>() + last
}

/// A row with its indentation, without its comment.
pub(super) fn text(view: &View<'_>, row: &Row) -> String {
    let mut out = " ".repeat(row.indent);
    let last = row.tokens.len().saturating_sub(1);
    for (column, token) in row.tokens.clone().enumerate() {
        if column > 0 {
            out.push(' ');
        }
        let typed = view.width(token);
        let cell = row.cells.get(column);
        let blanks = cell.map_or(0, |cell| cell.width.saturating_sub(typed));
        let right = cell.is_some_and(|cell| cell.right);
        if right {
            out.extend(std::iter::repeat_n(' ', blanks));
        }
        view.push_word(token, &mut out);
        if !right && column < last {
            out.extend(std::iter::repeat_n(' ', blanks));
        }
    }
    out
}
