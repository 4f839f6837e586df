//! What is wrong with a data set before anything is read: sequence numbers.

use grammar::tree::Span;

use crate::dataset::SequenceColumns;
use crate::finding::Applicability;
use crate::place::{At, FileNo, SectionKey};
use crate::report::Report;
use crate::rules;
use crate::source::SourceText;

/// Findings about a file as a data set, with the columns of its sequence numbers.
#[must_use]
pub fn reports(source: &SourceText, no: FileNo, columns: Option<SequenceColumns>) -> Vec<Report> {
    let Some(columns) = columns else { return Vec::new() };
    let at = |range: &std::ops::Range<usize>| At {
        section: SectionKey::whole(no),
        span: Span {
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            len: u32::try_from(range.len()).unwrap_or(0),
        },
    };
    let ranges: Vec<At> = columns.ranges(source).map(|range| at(&range)).collect();
    let Some(first) = ranges.first() else { return Vec::new() };
    let message = format!(
        "columns {} to {} carry sequence numbers in {} records; the stack reads them as operands",
        columns.first, columns.last, columns.records
    );
    let edits = ranges.iter().map(|at| (*at, String::new())).collect();
    vec![
        Report::new(&rules::sequence_numbers::RULE, *first, message)
            .note("a profile must have none: NUMBER OFF and UNNUM in the editor, or the fix, take them out")
            .note("they are passed over here, so that the statements are checked all the same")
            .fix("take the sequence numbers out", Applicability::Safe, edits),
    ]
}
