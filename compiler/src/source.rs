//! The text of a data set and the way back to its records.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::dataset::{DatasetForm, LineEnd, decode_text};
use crate::finding::Position;

/// A text that is shared. Made of a [`String`] it is that string: a data set of many megabytes is not copied.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<String>);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Arc::new(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// Where records start, the first at 0.
fn record_starts(text: &str) -> Vec<u32> {
    // Room for records as people write them; a text of shorter ones makes more.
    let mut starts = Vec::with_capacity(1 + text.len() / 24);
    starts.push(0);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    starts.extend(ends.map(|end| u32::try_from(end + 1).unwrap_or(u32::MAX)));
    starts.shrink_to_fit();
    starts
}

/// Decoded text of one data set. Records are separated by `\n` in `text` whatever the original had, so that
/// every later stage sees one form; the record and column of any offset are those of the original.
///
/// A carriage return in front of a line end, a byte order mark and the padding of fixed records are not in
/// the text; a tab is one character and one column. A text that ends with `\n` has an empty last record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The decoded text.
    pub text: Text,
    /// How the bytes were made.
    pub form: DatasetForm,
    /// Offset of the first byte of each record; the first is 0.
    starts: Vec<u32>,
    /// Every character is one byte, so columns need no counting.
    ascii: bool,
    /// See [`Self::odd_ends`].
    odd_ends: Vec<(u32, LineEnd)>,
}

impl SourceText {
    /// Takes text as an editor or a test has it: a byte order mark and carriage returns before line ends go
    /// to `form`, and offsets are those of what is left. Offsets of 4 GiB and more all are the greatest one.
    #[must_use]
    pub fn new(text: impl AsRef<str>) -> Self {
        decode_text(text.as_ref())
    }
    /// Takes decoded text whose records are separated by `\n`, and the form that it is to be written in.
    #[must_use]
    pub fn with_form(text: impl Into<Text>, form: DatasetForm) -> Self {
        Self::with_odd_ends(text, form, Vec::new())
    }
    /// As [`Self::with_form`], for records with different line ends: `odd_ends` is sorted by record.
    pub(crate) fn with_odd_ends(
        text: impl Into<Text>,
        form: DatasetForm,
        odd_ends: Vec<(u32, LineEnd)>,
    ) -> Self {
        let text = text.into();
        let starts = record_starts(&text);
        let ascii = text.is_ascii();
        Self { text, form, starts, ascii, odd_ends }
    }
    /// This data set with another text, as a fix or the formatter makes it: the form stays, and records before
    /// the first and after the last difference keep their line ends.
    #[must_use]
    pub fn changed(&self, text: impl Into<Text>) -> Self {
        let new = Self::with_form(text, self.form);
        if self.odd_ends.is_empty() {
            return new;
        }
        let count = |source: &Self| u32::try_from(source.starts.len()).unwrap_or(u32::MAX);
        let (old_count, new_count) = (count(self), count(&new));
        let same = |pairs: &mut dyn Iterator<Item = (&str, &str)>| {
            u32::try_from(pairs.take_while(|(old, new)| old == new).count()).unwrap_or(u32::MAX)
        };
        let before = same(&mut self.records().zip(new.records()));
        let most = old_count.min(new_count) - before.min(old_count.min(new_count));
        let after = same(&mut self.records().rev().zip(new.records().rev())).min(most);
        let odd = self.odd_ends.iter().filter_map(|(record, end)| {
            if *record < before {
                return Some((*record, *end));
            }
            let to_end = old_count - record;
            (to_end <= after).then(|| (new_count - to_end, *end))
        });
        let odd_ends = odd.collect();
        Self { odd_ends, ..new }
    }
    /// Records (by index, from 0, sorted) that had another line end than most; it is written back.
    #[must_use]
    pub fn odd_ends(&self) -> &[(u32, LineEnd)] {
        &self.odd_ends
    }
    /// Record and column of a byte offset; an offset past the end is the end, one inside a character is that
    /// character.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.end());
        let record = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(record - 1).copied().unwrap_or(0);
        let column = if self.ascii {
            offset - start
        } else {
            let until = self.text.floor_char_boundary(offset as usize);
            let before = self.text.get(start as usize..until).unwrap_or("");
            u32::try_from(before.chars().count()).unwrap_or(u32::MAX)
        };
        Position {
            record: u32::try_from(record).unwrap_or(u32::MAX),
            column: column.saturating_add(1),
            offset,
        }
    }
    /// Byte offset of a record and column, both from 1. The column behind the last character is the end of
    /// the record; beyond that, and for records that do not exist, there is none.
    #[must_use]
    pub fn offset(&self, record: u32, column: u32) -> Option<u32> {
        let text = self.record(record)?;
        let start = *self.starts.get(record as usize - 1)?;
        let skip = (column as usize).checked_sub(1)?;
        let within = if self.ascii {
            (skip <= text.len()).then_some(skip)?
        } else {
            text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).nth(skip)?
        };
        Some(start + u32::try_from(within).ok()?)
    }
    /// Offset of the first byte of each record, the first is 0.
    #[must_use]
    pub fn record_starts(&self) -> &[u32] {
        &self.starts
    }
    /// The record with this number, from 1, without its end.
    #[must_use]
    pub fn record(&self, number: u32) -> Option<&str> {
        let index = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| *next as usize - 1);
        self.text.get(start..end)
    }
    /// The records in order, without their ends, as many as there are [`Self::record_starts`].
    pub fn records(&self) -> std::str::Split<'_, char> {
        self.text.split('\n')
    }
    /// Number (from 1) and length in bytes of the longest record.
    #[must_use]
    pub fn longest_record(&self) -> (usize, usize) {
        let ends =
            self.starts.iter().skip(1).map(|next| *next as usize - 1).chain(std::iter::once(self.text.len()));
        let lengths = self.starts.iter().zip(ends).map(|(start, end)| end.saturating_sub(*start as usize));
        lengths
            .enumerate()
            .max_by_key(|(_, length)| *length)
            .map_or((1, 0), |(index, length)| (index + 1, length))
    }
    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}
