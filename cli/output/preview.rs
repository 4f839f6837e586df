//! What a fix would make of the text: the records it touches as they are (`-`) and as they would be (`+`).

use std::ops::Range;

/// One replacement: a range of the text that lies in it, and what comes there.
pub type Replacement<'a> = (Range<usize>, &'a str);

/// Lines with `- ` or `+ ` in front. Records that stay as they are, indentation and blank records are left out.
#[must_use]
pub fn lines(text: &str, mut edits: Vec<Replacement<'_>>) -> Vec<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut lines = Vec::new();
    let mut rest = edits.as_slice();
    while let Some((first, _)) = rest.first() {
        let start = text.get(..first.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
        let mut end = record_end(text, first.end);
        let mut taken = 1;
        // Edits in the same record are one change to whoever reads it.
        while let Some((next, _)) = rest.get(taken).filter(|(next, _)| next.start <= end) {
            end = record_end(text, next.end.max(end));
            taken += 1;
        }
        let (chunk, later) = rest.split_at(taken);
        changed(text, start..end, chunk, &mut lines);
        rest = later;
    }
    lines
}

fn record_end(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|tail| tail.find('\n')).map_or(text.len(), |at| from + at)
}

fn changed(text: &str, records: Range<usize>, edits: &[Replacement<'_>], lines: &mut Vec<String>) {
    let mut edited = String::new();
    let mut at = records.start;
    for (range, new) in edits {
        edited.push_str(text.get(at..range.start).unwrap_or_default());
        edited.push_str(new);
        at = range.end.max(at);
    }
    edited.push_str(text.get(at..records.end).unwrap_or_default());
    let before = trimmed(text.get(records).unwrap_or_default());
    let after = trimmed(&edited);
    let front = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - front;
    let back = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    for (sign, records) in [("-", &before), ("+", &after)] {
        lines.extend(
            records.iter().skip(front).take(records.len() - front - back).map(|one| format!("{sign} {one}")),
        );
    }
}

fn trimmed(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    const TEXT: &str = "  HOME A\n  PORT 23 TCP X\n  LINK B\n";

    fn preview(edits: &[(&str, &str)]) -> Vec<String> {
        let place = |old: &str| {
            let start = TEXT.find(old).expect("in the text");
            start..start + old.len()
        };
        lines(TEXT, edits.iter().map(|(old, new)| (place(old), *new)).collect())
    }

    #[test]
    fn a_word_shows_its_record() {
        assert_eq!(preview(&[("23", "992")]), ["- PORT 23 TCP X", "+ PORT 992 TCP X"]);
    }

    #[test]
    fn edits_of_one_record_are_one_change() {
        assert_eq!(preview(&[("TCP", "UDP"), ("23", "992")]), ["- PORT 23 TCP X", "+ PORT 992 UDP X"]);
    }

    #[test]
    fn edits_of_several_records_stand_one_below_the_other() {
        assert_eq!(
            preview(&[("A", "B"), ("LINK", "DEVICE")]),
            ["- HOME A", "+ HOME B", "- LINK B", "+ DEVICE B"]
        );
    }

    #[test]
    fn a_record_comes_or_goes() {
        assert_eq!(preview(&[("  PORT 23 TCP X\n", "")]), ["- PORT 23 TCP X"]);
        let start = TEXT.find("  LINK").expect("in the text");
        assert_eq!(lines(TEXT, vec![(start..start, "  PORT 80 TCP Y\n")]), ["+ PORT 80 TCP Y"]);
        assert_eq!(lines("", vec![(0..0, "HOME\n")]), ["+ HOME"]);
    }
}
