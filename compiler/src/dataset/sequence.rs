//! Sequence numbers that an editor of the host has put beside the text.

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

/// Which columns carry sequence numbers, if any do: 73 to 80 (ISPF and IEBUPDTE in fixed records), 1 to 8 (ISPF in variable
/// records), or 1 to 6 (ISPF for COBOL).
///
/// Numbers are eight (six) digits exactly there, in more than half of the records that are not blank and in two at least. At the
/// left, where lists may begin with numbers, they must also not descend from record to record.
#[must_use]
pub fn sequence_columns(source: &SourceText) -> Option<SequenceColumns> {
    let written = source.records().filter(|record| !record.trim().is_empty()).count();
    [(73, 80, false), (1, 8, true), (1, 6, true)].into_iter().find_map(|(first, last, ascending)| {
        let mut previous = 0;
        let mut records = 0_u32;
        for record in source.records() {
            if let Some(number) = number_at(record, first, last) {
                if ascending && number < previous {
                    return None;
                }
                previous = number;
                records += 1;
            }
        }
        (records >= 2 && records as usize * 2 > written).then_some(SequenceColumns { first, last, records })
    })
}

/// The number that fills these columns alone: no digit follows, and at the right end nothing follows but blanks.
fn number_at(record: &str, first: u32, last: u32) -> Option<u32> {
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
