//! Sequence numbers that an editor of the host has put beside the text.

use std::ops::Range;

use crate::source::SourceText;

/// Columns that carry sequence numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SequenceColumns {
    /// First column, from 1.
    pub first: u32,
    /// Last column, inclusive.
    pub last: u32,
    /// How many records carry a number.
    pub records: u32,
}

impl SequenceColumns {
    /// Whether this record carries a number there; a record that was put in later may have none.
    #[must_use]
    pub fn are_in(&self, record: &str) -> bool {
        number_at(record, self.first, self.last).is_some()
    }

    /// The bytes of the text that are numbers, one range for each record that carries one, in order.
    pub fn ranges<'s>(&'s self, source: &'s SourceText) -> impl Iterator<Item = Range<usize>> + 's {
        source.records().zip(source.record_starts()).filter(|(record, _)| self.are_in(record)).map(
            |(record, start)| {
                let offset = |column: u32| {
                    let found = record.char_indices().nth(column as usize).map(|(offset, _)| offset);
                    *start as usize + found.unwrap_or(record.len())
                };
                offset(self.first - 1)..offset(self.last)
            },
        )
    }

    /// The text with blanks in place of the numbers, every other byte where it was.
    #[must_use]
    pub fn blanked(&self, source: &SourceText) -> String {
        let mut out = String::with_capacity(source.text.len());
        let mut done = 0;
        for range in self.ranges(source) {
            out.push_str(source.text.get(done..range.start).unwrap_or(""));
            out.push_str(&" ".repeat(range.len()));
            done = range.end;
        }
        out.push_str(source.text.get(done..).unwrap_or(""));
        out
    }
}

/// Which columns carry sequence numbers, if any do: 73 to 80 (ISPF and IEBUPDTE in fixed records), 1 to 8
/// (ISPF in variable records), or 1 to 6 (ISPF for COBOL).
///
/// Numbers are eight (six) digits exactly there, in more than half of the records that are not blank and in
/// two at least. At the left, where lists may begin with numbers, they must also not descend from record to
/// record.
#[must_use]
pub fn sequence_columns(source: &SourceText) -> Option<SequenceColumns> {
    let mut places = [(73, 80, false), (1, 8, true), (1, 6, true)].map(|(first, last, ascending)| Counted {
        columns: SequenceColumns { first, last, records: 0 },
        ascending,
        previous: 0,
    });
    let mut written = 0_usize;
    let starts = source.record_starts();
    let ends = starts.iter().skip(1).map(|next| *next as usize - 1).chain([source.text.len()]);
    for (start, end) in starts.iter().zip(ends) {
        let record = source.text.get(*start as usize..end).unwrap_or("");
        if is_blank(record) {
            continue;
        }
        written += 1;
        // Most records are too short, and begin with something else.
        if record.len() >= 73 || record.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            places.iter_mut().for_each(|place| place.see(record));
        }
    }
    let most = |place: &Counted| place.columns.records >= 2 && place.columns.records as usize * 2 > written;
    places.into_iter().find(most).map(|place| place.columns)
}

/// Columns that may carry sequence numbers, and what has been seen there.
struct Counted {
    columns: SequenceColumns,
    ascending: bool,
    previous: u32,
}

impl Counted {
    fn see(&mut self, record: &str) {
        let Some(number) = number_at(record, self.columns.first, self.columns.last) else { return };
        if self.ascending && number < self.previous {
            // From here on no number is great enough, and those that were seen do not count.
            (self.previous, self.columns.records) = (u32::MAX, 0);
            return;
        }
        self.previous = number;
        self.columns.records += 1;
    }
}

fn is_blank(record: &str) -> bool {
    match record.bytes().find(|byte| *byte != b' ') {
        Some(b'!'..=b'~') => false,
        Some(_) | None => record.trim().is_empty(),
    }
}

/// The number that fills these columns alone: no digit follows, and at the right end nothing follows but
/// blanks.
fn number_at(record: &str, first: u32, last: u32) -> Option<u32> {
    // Most records are too short, or begin with something else: that is all there is to see.
    if record.len() < last as usize || (first == 1 && !record.starts_with(|char: char| char.is_ascii_digit()))
    {
        return None;
    }
    let mut chars = record.chars().skip(first as usize - 1);
    let mut number = 0_u32;
    for _ in first..=last {
        number = number * 10 + chars.next()?.to_digit(10)?;
    }
    let alone = if first > 1 {
        chars.all(|char| char == ' ')
    } else {
        !chars.next().is_some_and(|char| char.is_ascii_digit() || char == '.')
    };
    alone.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Option<(u32, u32, u32)> {
        sequence_columns(&SourceText::new(text)).map(|found| (found.first, found.last, found.records))
    }

    fn numbered(records: &[&str]) -> String {
        let number = |(at, record): (usize, &&str)| format!("{record:<72}{:08}\n", (at + 1) * 100);
        records.iter().enumerate().map(number).collect()
    }

    #[test]
    fn numbers_at_the_right_end() {
        assert_eq!(columns(&numbered(&["HOME", "  10.1.1.1 L1", "", "START D1"])), Some((73, 80, 4)));
        // One record was put in without a number.
        let inserted = numbered(&["HOME", "  10.1.1.1 L1", "START D1"]).replace("START", "STOP  D0\nSTART");
        assert_eq!(columns(&inserted), Some((73, 80, 3)));
        let found = sequence_columns(&SourceText::new(&inserted)).unwrap();
        let carried: Vec<bool> = inserted.lines().map(|record| found.are_in(record)).collect();
        assert_eq!(carried, [true, true, false, true]);
    }

    #[test]
    fn numbers_at_the_left_end() {
        assert_eq!(columns("00000100HOME\n00000200  10.1.1.1 L1\n"), Some((1, 8, 2)));
        assert_eq!(columns("000100 HOME\n000200   10.1.1.1 L1\n000300 START D1\n"), Some((1, 6, 3)));
    }

    #[test]
    fn numbers_of_the_profile_are_none() {
        assert_eq!(columns("PORT\n20 TCP FTPD\n21 TCP FTPD\n23 TCP TN3270\n"), None);
        assert_eq!(columns("123456 A\n100000 B\n"), None, "descending");
        assert_eq!(columns("10.10.10.1 A\n10.10.10.2 B\n"), None);
        assert_eq!(columns("100.100.1.1 A\n100.100.1.2 B\n"), None);
        let once = format!("{:<72}12345678\n", "; a number");
        assert_eq!(columns(&once), None, "a single one may be an accident");
        assert_eq!(columns(&format!("{once}HOME\nSTART D1\nSTART D2\nSTART D3\n{once}")), None, "too few");
        assert_eq!(columns(""), None);
    }
}
