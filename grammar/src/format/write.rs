//! Rows, comments and what stays as typed, put together.

use super::LAST_COLUMN;
use super::items::{Item, spread};
use super::layout::{self, Row};
use super::view::View;
use crate::lookup;
use crate::token::Comment;

/// Statements of which each is a line of a table with its neighbours.
const LINES_OF_TABLES: [&str; 2] = ["ROUTE", "VIPAROUTE"];

/// Blanks before an aligned comment.
const GAP: usize = 2;

/// What is written, in order.
enum Piece {
    /// Rows of an item.
    Rows(Vec<Row>),
    /// Records as typed, first and last.
    Typed(usize, usize),
}

/// The text of items. Those that would get too long stay as typed.
pub(super) fn text(view: &View<'_>, items: &mut [Item]) -> String {
    let mut laid: Vec<Vec<Row>> = items.iter().map(|item| layout::rows(view, item)).collect();
    let mut long = false;
    for (item, rows) in items.iter_mut().zip(&laid) {
        if !item.as_typed && rows.iter().any(|row| is_too_long(view, item, row)) {
            item.as_typed = true;
            long = true;
        }
    }
    if long {
        spread(view, items);
    }
    tables(view, items, &mut laid);
    let mut pieces: Vec<(usize, Piece)> = Vec::new();
    for (index, (item, rows)) in items.iter().zip(laid).enumerate() {
        if !item.as_typed {
            pieces.push((index, Piece::Rows(rows)));
            continue;
        }
        let first = view.record_of(item.tokens.start);
        let last = view.record_of(item.tokens.end.saturating_sub(1));
        match pieces.last_mut() {
            Some((_, Piece::Typed(_, until))) if *until == first => *until = last,
            _ => pieces.push((index, Piece::Typed(first, last))),
        }
    }
    let columns = comment_columns(view, items, &pieces);
    let mut writer = Writer { view, out: Vec::new(), comment: 0 };
    for (index, piece) in &pieces {
        match piece {
            Piece::Typed(first, last) => writer.typed(items.get(*index), *first, *last),
            Piece::Rows(rows) => {
                for row in rows {
                    writer.row(row, columns.get(*index).copied().flatten());
                }
            }
        }
    }
    writer.comments_before(view.tokens.len(), 0);
    writer.finish()
}

/// A text without any token.
pub(super) fn comments_only(view: &View<'_>) -> String {
    let mut writer = Writer { view, out: Vec::new(), comment: 0 };
    writer.comments_before(0, 0);
    writer.finish()
}

/// Whether a record with its comment goes beyond the last column, and beyond what the item had before.
fn is_too_long(view: &View<'_>, item: &Item, row: &Row) -> bool {
    let comment = trailing(view, row).map_or(0, |comment| 1 + view.comment(comment).chars().count());
    let width = layout::width(view, row) + comment;
    if width <= LAST_COLUMN {
        return false;
    }
    let records = view.record_of(item.tokens.start)..=view.record_of(item.tokens.end.saturating_sub(1));
    records.into_iter().all(|record| view.record_text(record).trim_end().chars().count() < width)
}

/// Aligns neighbours that are lines of a table.
fn tables(view: &View<'_>, items: &[Item], laid: &mut [Vec<Row>]) {
    let line = |item: &Item| {
        let name = item.id.and_then(lookup::statement).map(|desc| desc.name)?;
        (!item.as_typed && LINES_OF_TABLES.contains(&name)).then_some(name)
    };
    let mut index = 0;
    while index < items.len() {
        let name = items.get(index).and_then(line);
        let same = |item: &&Item| name.is_some() && line(item) == name;
        let count = items.iter().skip(index).take_while(same).count();
        if count > 1 {
            let run = laid.get_mut(index..index + count).unwrap_or(&mut []);
            let mut rows: Vec<Row> = run.iter().flatten().cloned().collect();
            if rows.len() == count {
                rows.iter_mut().for_each(|row| row.tabular = true);
                layout::align(view, &mut rows, 4);
                for (place, row) in run.iter_mut().zip(rows) {
                    *place = vec![row];
                }
            }
        }
        index += count.max(1);
    }
}

fn trailing<'v>(view: &'v View<'_>, row: &Row) -> Option<&'v Comment> {
    let comment = view.comments.get(view.comments_from(row.tokens.end))?;
    (comment.token as usize == row.tokens.end && !comment.own_record).then_some(comment)
}

/// The column of the comments behind the rows of each item: one for a whole section where they fit, or one for the item.
fn comment_columns(view: &View<'_>, items: &[Item], pieces: &[(usize, Piece)]) -> Vec<Option<usize>> {
    let mut columns = vec![None; items.len()];
    let section_of = |index: usize| {
        let start = items.get(index).map_or(0, |item| item.tokens.start);
        view.sections.partition_point(|section| section.start <= start)
    };
    let with_comments: Vec<(usize, Vec<Behind>)> = pieces
        .iter()
        .filter_map(|(index, piece)| match piece {
            Piece::Typed(..) => None,
            Piece::Rows(rows) => {
                let measured = rows.iter().filter_map(|row| {
                    let comment = trailing(view, row)?;
                    let typed = view.record_text(view.record(comment.start as usize));
                    Some(Behind {
                        width: layout::width(view, row),
                        comment: view.comment(comment).chars().count(),
                        most: typed.trim_end().chars().count().max(LAST_COLUMN),
                    })
                });
                Some((*index, measured.collect::<Vec<_>>()))
            }
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    for group in with_comments.chunk_by(|left, right| section_of(left.0) == section_of(right.0)) {
        let whole = column(group.iter().flat_map(|(_, rows)| rows));
        for (index, rows) in group {
            if let Some(place) = columns.get_mut(*index) {
                *place = whole.or_else(|| column(rows.iter()));
            }
        }
    }
    columns
}

/// A comment behind a row.
struct Behind {
    /// Columns of the row.
    width: usize,
    /// Columns of the comment.
    comment: usize,
    /// Where it must end: at the last column, or where it ended before.
    most: usize,
}

fn column<'r>(rows: impl Iterator<Item = &'r Behind> + Clone) -> Option<usize> {
    let widest = rows.clone().map(|row| row.width).max()?;
    [GAP, 1]
        .into_iter()
        .map(|gap| widest + gap)
        .find(|column| rows.clone().all(|row| column + row.comment <= row.most))
}

struct Writer<'v, 't> {
    view: &'v View<'t>,
    out: Vec<String>,
    /// Index of the next comment to write.
    comment: usize,
}

impl Writer<'_, '_> {
    fn blank(&mut self, offset: u32) {
        if !self.out.is_empty() && self.view.blank_before(offset) {
            self.out.push(String::new());
        }
    }

    /// Comments that stand before a token on records of their own.
    fn comments_before(&mut self, token: usize, indent: usize) {
        while let Some(comment) = self.view.comments.get(self.comment) {
            if comment.token as usize > token {
                return;
            }
            self.comment += 1;
            self.blank(comment.start);
            let text = self.view.comment(comment);
            // A rule of 72 characters stays one.
            let indent = indent.min(LAST_COLUMN.saturating_sub(text.chars().count()));
            self.out.push(format!("{}{text}", " ".repeat(indent)));
        }
    }

    fn row(&mut self, row: &Row, column: Option<usize>) {
        self.comments_before(row.tokens.start, row.indent);
        if row.opens
            && let Some(token) = self.view.tokens.get(row.tokens.start)
        {
            self.blank(token.start);
        }
        let mut text = layout::text(self.view, row);
        if let Some(comment) = trailing(self.view, row) {
            let width = layout::width(self.view, row);
            let column = column.filter(|column| *column > width).unwrap_or(width + 1);
            text.extend(std::iter::repeat_n(' ', column - width));
            text.push_str(self.view.comment(comment));
            self.comment += 1;
        }
        self.out.push(text);
    }

    fn typed(&mut self, item: Option<&Item>, first: usize, last: usize) {
        let Some(token) = item.and_then(|item| self.view.tokens.get(item.tokens.start)) else { return };
        let record = self.view.record_text(first);
        let indent = record.len() - record.trim_start_matches([' ', '\t']).len();
        self.comments_before(item.map_or(0, |item| item.tokens.start), indent);
        self.blank(token.start);
        for record in first..=last {
            self.out.push(self.view.record_text(record).to_owned());
        }
        // Comments inside and behind are in the records.
        while self
            .view
            .comments
            .get(self.comment)
            .is_some_and(|comment| self.view.record(comment.start as usize) <= last)
        {
            self.comment += 1;
        }
    }

    fn finish(self) -> String {
        let mut text = self.out.join("\n");
        if self.view.text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        text
    }
}
