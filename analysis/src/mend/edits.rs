//! Edits put into a text. Where records carry sequence numbers at their end, these stay in their columns.

use std::ops::Range;

use compiler::dataset::{SequenceColumns, sequence_columns};
use compiler::finding::Edit;
use compiler::source::SourceText;

/// The text with edits that do not touch each other.
///
/// # Errors
/// When a record has no room before its sequence number; the reason is a clause.
pub fn apply(source: &SourceText, mut edits: Vec<&Edit>) -> Result<String, String> {
    edits.sort_by_key(|edit| (edit.place.start.offset, edit.place.end.offset));
    let columns = sequence_columns(source).filter(|columns| columns.first > 1);
    let fields: Vec<Range<usize>> =
        columns.as_ref().map_or_else(Vec::new, |columns| columns.ranges(source).collect());
    let mut out = String::with_capacity(source.text.len());
    let mut done = 0;
    let mut rest = edits.as_slice();
    while let Some((first, _)) = rest.split_first() {
        // The records that are changed together.
        let start = record_start(&source.text, first.place.start.offset as usize);
        let mut end = record_end(&source.text, first.place.end.offset as usize);
        let mut count = 1;
        while let Some(next) = rest.get(count).filter(|next| (next.place.start.offset as usize) <= end) {
            end = record_end(&source.text, next.place.end.offset as usize);
            count += 1;
        }
        let (together, later) = rest.split_at(count);
        rest = later;
        out.push_str(source.text.get(done..start).unwrap_or(""));
        done = end;
        let field = fields.iter().find(|field| {
            field.end <= end && field.start >= start && {
                let own = record_start(&source.text, end);
                field.start >= own
            }
        });
        let touched = |field: &&Range<usize>| {
            together.iter().any(|edit| (edit.place.end.offset as usize) > field.start)
        };
        match (columns, field.filter(|field| !touched(field))) {
            (Some(columns), Some(field)) => {
                let body = changed(&source.text, start..field.start, together);
                let number = source.text.get(field.clone()).unwrap_or("");
                out.push_str(&with_number(&body, number, columns, source.position(offset(start)).record)?);
            }
            _ => out.push_str(&changed(&source.text, start..end, together)),
        }
    }
    out.push_str(source.text.get(done..).unwrap_or(""));
    Ok(out)
}

fn changed(text: &str, records: Range<usize>, edits: &[&Edit]) -> String {
    let mut out = String::new();
    let mut at = records.start;
    for edit in edits {
        let (start, end) = (edit.place.start.offset as usize, edit.place.end.offset as usize);
        out.push_str(text.get(at..start.min(records.end)).unwrap_or(""));
        out.push_str(&edit.text);
        at = end;
    }
    out.push_str(text.get(at..records.end).unwrap_or(""));
    out
}

/// The first record of a changed text gets the number of the record that it comes from; new ones have none.
fn with_number(body: &str, number: &str, columns: SequenceColumns, record: u32) -> Result<String, String> {
    let (first, more) = body.split_once('\n').map_or((body, None), |(first, more)| (first, Some(more)));
    let width = columns.first as usize - 1;
    let first = first.trim_end();
    if first.chars().count() > width {
        return Err(format!(
            "record {record} would reach into its sequence number in column {}",
            columns.first
        ));
    }
    let mut out = format!("{first:<width$}{number}");
    if let Some(more) = more {
        out.push('\n');
        out.push_str(more.trim_end_matches(' '));
    }
    Ok(out)
}

fn record_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |end| end + 1)
}

fn record_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|tail| tail.find('\n')).map_or(text.len(), |end| at + end)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use compiler::finding::{Edit, Place};
    use compiler::source::SourceText;

    fn applied(text: &str, edits: &[(&str, &str)]) -> Result<String, String> {
        let source = SourceText::new(text);
        let edits: Vec<Edit> = edits
            .iter()
            .map(|(old, new)| {
                let start = text.find(old).expect("in the text");
                let place = |at: usize| source.position(u32::try_from(at).expect("short"));
                Edit {
                    place: Place { file: Arc::from("a"), start: place(start), end: place(start + old.len()) },
                    text: (*new).to_owned(),
                }
            })
            .collect();
        super::apply(&source, edits.iter().collect())
    }

    #[test]
    fn edits_in_any_order() {
        assert_eq!(
            applied("A B\nC D\n", &[("D", "E F"), ("A", ""), ("C", "X\nY")]).unwrap(),
            " B\nX\nY E F\n"
        );
        assert_eq!(applied("A\nB\nC\n", &[("B\n", "")]).unwrap(), "A\nC\n");
    }

    #[test]
    fn numbers_stay_in_their_columns() {
        let numbered = |records: &[&str]| -> String {
            let number = |(at, record): (usize, &&str)| format!("{record:<72}{:08}\n", (at + 1) * 100);
            records.iter().enumerate().map(number).collect()
        };
        let text = numbered(&["SOURECEIPA A", "PORT 23 TCP X", "START L1"]);
        let short = applied(&text, &[("SOURECEIPA", "SRCIP"), ("23", "10023")]).unwrap();
        assert_eq!(short, numbered(&["SRCIP A", "PORT 10023 TCP X", "START L1"]));
        let two = applied(&text, &[("TCP X", "TCP X\n     24 TCP Y")]).unwrap();
        assert!(two.contains("00000200\n     24 TCP Y\nSTART L1 "), "{two}");
        let gone = applied(&text, &[(&text[80 + 1..2 * 81], "")]).unwrap();
        assert_eq!(gone, text[..81].to_owned() + &text[2 * 81..]);
        let long = "X".repeat(70);
        assert!(applied(&text, &[("START", &long)]).unwrap_err().contains("record 3"));
        let none = applied(&text, &[("00000100", ""), ("00000200", ""), ("00000300", "")]).unwrap();
        assert!(!none.contains('0'));
    }
}
