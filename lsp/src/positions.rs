//! Positions of the protocol (line, and units of a negotiated encoding) against bytes and columns.
//!
//! Every conversion clamps: a line past the end is the end, a character past the end of a line is the end of that
//! line, a character inside a code point is its start. Lines end with `\n`, `\r\n` or a lone `\r`, as the protocol says.

use compiler::finding::{self, Place};
use compiler::source::SourceText;
use ls_types::{Position, PositionEncodingKind, Range};

/// What the `character` of a position counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// 16-bit units: what a client means that says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of the client's list that we know.
    pub(crate) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        offered
            .unwrap_or_default()
            .iter()
            .find_map(|kind| {
                [Self::Utf8, Self::Utf16, Self::Utf32].into_iter().find(|ours| ours.kind() == *kind)
            })
            .unwrap_or_default()
    }
    /// The protocol's word for it.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }
    fn units(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Bytes before that many units of a line without its end.
pub(crate) fn byte_of(line: &str, character: u32, encoding: Encoding) -> usize {
    if is_plain(line, character) {
        return character as usize;
    }
    let mut left = character as usize;
    for (at, letter) in line.char_indices() {
        let units = encoding.units(letter);
        if left < units {
            return at;
        }
        left -= units;
    }
    line.len()
}

/// Units of the first `letters` characters of a line.
pub(crate) fn units_of(line: &str, letters: u32, encoding: Encoding) -> u32 {
    if is_plain(line, letters) {
        return letters;
    }
    number(line.chars().take(letters as usize).map(|letter| encoding.units(letter)).sum())
}

/// The bytes at which lines begin because of what stands at the bytes from one up to another.
fn starts_within(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (from..to).filter_map(move |at| {
        let ends = match bytes.get(at)? {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        ends.then_some(at + 1)
    })
}

/// Whether so many characters at the start of a line are a byte each, and a unit in every encoding.
fn is_plain(line: &str, letters: u32) -> bool {
    line.as_bytes().get(..letters as usize).is_some_and(<[u8]>::is_ascii)
}

/// Where the lines of a text begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Byte offsets; the first is 0.
    starts: Vec<usize>,
}

impl Lines {
    /// Of this text.
    pub(crate) fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(starts_within(text, 0, text.len()));
        Self { starts }
    }
    /// After the bytes from `start` on, once up to `old_end` and now up to `new_end`, have changed.
    pub(crate) fn update(&mut self, text: &str, start: usize, old_end: usize, new_end: usize) {
        // Whether a line begins at a byte tell that byte and the one before it: `\r` and `\n` may come together or part.
        let kept = self.starts.partition_point(|at| *at < start).max(1);
        let moved = self.starts.partition_point(|at| *at <= old_end).max(kept);
        for at in self.starts.iter_mut().skip(moved) {
            *at = *at - old_end + new_end;
        }
        self.starts.splice(kept..moved, starts_within(text, start.saturating_sub(1), new_end));
    }
    /// The bytes of a line without its end.
    fn line(&self, text: &str, line: usize) -> Option<(usize, usize)> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..end)?;
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        Some((start, start + content.len()))
    }
    /// The byte that a position names.
    pub(crate) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        match self.line(text, position.line as usize) {
            Some((start, end)) => {
                start + byte_of(text.get(start..end).unwrap_or_default(), position.character, encoding)
            }
            None => text.len(),
        }
    }
}

/// The byte that a position names, in the decoded text; past the end is the end.
pub(crate) fn offset(source: &SourceText, position: Position, encoding: Encoding) -> u32 {
    let end = || u32::try_from(source.text.len()).unwrap_or(u32::MAX);
    let line = source.record(position.line.saturating_add(1));
    let start = source.record_starts().get(position.line as usize);
    match (line, start) {
        (Some(line), Some(start)) => {
            start.saturating_add(number(byte_of(line, position.character, encoding)))
        }
        (Some(_) | None, _) => end(),
    }
}

/// The position of a byte of the decoded text.
pub(crate) fn position(source: &SourceText, offset: u32, encoding: Encoding) -> Position {
    point(Some(source), source.position(offset), encoding)
}

/// Positions of bytes that come one behind the other: the line of each is looked for from that of the one before.
pub(crate) struct Walk<'s> {
    source: &'s SourceText,
    encoding: Encoding,
    line: usize,
}

impl<'s> Walk<'s> {
    /// At the beginning of a text.
    pub(crate) fn new(source: &'s SourceText, encoding: Encoding) -> Self {
        Self { source, encoding, line: 0 }
    }
    /// The position of a byte: that of [`position`].
    pub(crate) fn position(&mut self, offset: u32) -> Position {
        let starts = self.source.record_starts();
        let start_of = |line: usize| starts.get(line).copied().unwrap_or(u32::MAX);
        if offset < start_of(self.line) || offset as usize > self.source.text.len() {
            return position(self.source, offset, self.encoding);
        }
        while start_of(self.line + 1) <= offset {
            self.line += 1;
        }
        let until = self.source.text.floor_char_boundary(offset as usize);
        let before = self.source.text.get(start_of(self.line) as usize..until).unwrap_or("");
        let character = if before.is_ascii() {
            before.len()
        } else {
            before.chars().map(|letter| self.encoding.units(letter)).sum()
        };
        Position { line: number(self.line), character: number(character) }
    }
}

fn point(source: Option<&SourceText>, at: finding::Position, encoding: Encoding) -> Position {
    let column = at.column.saturating_sub(1);
    Position {
        line: at.record.saturating_sub(1),
        character: match source.and_then(|source| source.record(at.record)) {
            Some(record) => units_of(record, column, encoding),
            None => column,
        },
    }
}

/// The range of a finding's place. Records and columns are those of the original, which are the editor's lines;
/// offsets are not, where the compiler decoded the text.
pub(crate) fn range(source: Option<&SourceText>, place: &Place, encoding: Encoding) -> Range {
    Range { start: point(source, place.start, encoding), end: point(source, place.end, encoding) }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    // One byte; two; three; four with a surrogate pair; a letter and a combining mark; a joined family.
    const SAMPLES: [&str; 8] =
        ["", "abc", "äb", "€x", "😀!", "e\u{301}z", "👩\u{200d}👩\u{200d}👧 &SYS.", "\u{feff}A"];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn negotiation() {
        let list = |names: &[&'static str]| names.iter().map(|name| (*name).into()).collect::<Vec<_>>();
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&[])), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&list(&["utf-7"]))), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&list(&["utf-9", "utf-8", "utf-16"]))), Encoding::Utf8);
        assert_eq!(Encoding::negotiate(Some(&list(&["utf-32", "utf-8"]))), Encoding::Utf32);
    }

    #[test]
    fn every_boundary_goes_there_and_back() {
        for line in SAMPLES {
            for encoding in ALL {
                for (letters, at) in
                    line.char_indices().map(|(at, _)| at).chain(std::iter::once(line.len())).enumerate()
                {
                    let units = units_of(line, letters as u32, encoding);
                    assert_eq!(byte_of(line, units, encoding), at, "{line:?} {encoding:?} letter {letters}");
                }
                assert_eq!(byte_of(line, 9999, encoding), line.len());
                assert_eq!(byte_of(line, u32::MAX, encoding), line.len());
            }
        }
    }

    #[test]
    fn units_are_counted_as_the_protocol_counts() {
        assert_eq!(ALL.map(|encoding| units_of("ä€😀x", 3, encoding)), [9, 4, 3]);
        assert_eq!(ALL.map(|encoding| units_of("e\u{301}x", 2, encoding)), [3, 2, 2]);
        assert_eq!(ALL.map(|encoding| units_of("ab", 7, encoding)), [2, 2, 2]);
    }

    #[test]
    fn inside_a_code_point_is_its_start() {
        for inside in 1..4 {
            assert_eq!(byte_of("a😀b", 1 + inside, Encoding::Utf8), 1);
        }
        assert_eq!(byte_of("a😀b", 2, Encoding::Utf16), 1);
        assert_eq!(byte_of("a😀b", 3, Encoding::Utf16), 5);
    }

    #[test]
    fn lines_of_every_kind() {
        let text = "a\nbc\r\nd\re\n";
        let lines = Lines::new(text);
        assert_eq!(lines.starts, [0, 2, 6, 8, 10]);
        let offset = |line, character| lines.offset(text, at(line, character), Encoding::Utf16);
        assert_eq!([offset(0, 0), offset(0, 1), offset(0, 2)], [0, 1, 1]);
        // Never between the two bytes of a line end, nor behind it.
        assert_eq!([offset(1, 2), offset(1, 3), offset(1, 99)], [4, 4, 4]);
        assert_eq!([offset(2, 1), offset(2, 2)], [7, 7]);
        assert_eq!([offset(4, 0), offset(4, 1), offset(5, 0), offset(u32::MAX, 3)], [10, 10, 10, 10]);
        assert_eq!(Lines::new("").offset("", at(0, 0), Encoding::Utf8), 0);
        assert_eq!(Lines::new("\n").offset("\n", at(1, 0), Encoding::Utf8), 1);
    }

    #[test]
    fn an_update_is_as_good_as_a_new_count() {
        // Each insertion and deletion at each place of a text with all line ends, so also inside of `\r\n`.
        let text = "a\r\nb\rc\n\r\n\r\r\nd";
        for start in 0..=text.len() {
            for end in start..=text.len() {
                for insert in ["", "\r", "\n", "\r\n", "x", "\nx\r"] {
                    let mut lines = Lines::new(text);
                    let mut edited = text.to_owned();
                    edited.replace_range(start..end, insert);
                    lines.update(&edited, start, end, start + insert.len());
                    assert_eq!(lines, Lines::new(&edited), "{start}..{end} {insert:?}");
                }
            }
        }
    }

    #[test]
    fn a_walk_comes_to_the_same_places() {
        let source = SourceText::new(SAMPLES.join("\n"));
        for encoding in ALL {
            let end = source.text.len() as u32 + 3;
            for step in 1..5 {
                let mut walk = Walk::new(&source, encoding);
                for offset in (0..end).step_by(step).chain([0, end]) {
                    assert_eq!(
                        walk.position(offset),
                        position(&source, offset, encoding),
                        "{encoding:?} {offset}"
                    );
                }
            }
        }
    }

    #[test]
    fn ranges_of_findings() {
        let source = SourceText::new("x\nä😀 SOURECEIPA\n");
        let start = source.position(source.text.find('S').expect("it is there") as u32);
        let end = source.position(source.text.len() as u32 - 1);
        let place = Place { file: "/a".into(), start, end };
        let columns = ALL.map(|encoding| {
            let range = range(Some(&source), &place, encoding);
            assert_eq!((range.start.line, range.end.line), (1, 1));
            (range.start.character, range.end.character)
        });
        assert_eq!(columns, [(7, 17), (4, 14), (3, 13)]);
        // A file that has no text: the column as it is.
        assert_eq!(range(None, &place, Encoding::Utf16).start, at(1, 3));
    }
}
