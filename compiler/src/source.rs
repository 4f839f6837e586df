//! The text of a data set and the way back to its records.

use std::sync::Arc;

use crate::finding::Position;

/// Decoded text of one data set. Records are separated by `\n` in `text` whatever the original had, so that every
/// later stage sees one form; the record and column of any offset are those of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The decoded text.
    pub text: Arc<str>,
    /// Offset of the first byte of each record; the first is 0.
    starts: Vec<u32>,
}

impl SourceText {
    /// Takes decoded text whose records end with `\n`. Texts of 4 GiB and more are cut at the limit.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut starts = vec![0];
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { text, starts }
    }
    /// Record and column of a byte offset; an offset past the end is the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let offset = offset.min(end);
        let record = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(record - 1).copied().unwrap_or(0);
        let before = self.text.get(start as usize..offset as usize).unwrap_or("");
        Position {
            record: u32::try_from(record).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
            offset,
        }
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
}
