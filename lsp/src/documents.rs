//! The documents that the client has open: their text, as it stands after each edit.

use std::collections::BTreeMap;
use std::sync::Arc;

use ls_types::{TextDocumentContentChangeEvent, Uri};

use crate::positions::{Encoding, Lines};
use crate::uri::Uris;

/// One open document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    text: String,
    version: i32,
    lines: Lines,
}

impl Document {
    /// As opened.
    pub(crate) fn new(text: String, version: i32) -> Self {
        let lines = Lines::new(&text);
        Self { text, version, lines }
    }
    /// The text as the client has it, line ends and all.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
    /// The client's number for this text.
    pub(crate) fn version(&self) -> i32 {
        self.version
    }
    /// Makes the edits, each in the text that the one before it left.
    pub(crate) fn apply(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        version: i32,
        encoding: Encoding,
    ) {
        self.version = version;
        for change in changes {
            match change.range {
                None => *self = Self::new(change.text, version),
                Some(range) => {
                    let a = self.lines.offset(&self.text, range.start, encoding);
                    let b = self.lines.offset(&self.text, range.end, encoding);
                    // A range the wrong way round is one that a client mixed up, not a reason to fall over.
                    let (start, end) = (a.min(b), a.max(b));
                    self.text.replace_range(start..end, &change.text);
                    self.lines.update(&self.text, start, end, start + change.text.len());
                }
            }
        }
    }
}

/// All of them, by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documents {
    /// A clone shares the texts until one is edited.
    open: BTreeMap<String, Arc<Document>>,
    uris: Uris,
}

impl Documents {
    /// Opens a document, in place of one of that path.
    pub(crate) fn open(&mut self, path: &str, uri: &Uri, document: Document) {
        self.uris.learn(path, uri);
        self.open.insert(path.to_owned(), Arc::new(document));
    }
    /// Closes it; whether it was open.
    pub(crate) fn close(&mut self, path: &str) -> bool {
        self.open.remove(path).is_some()
    }
    /// The document, if it is open.
    pub(crate) fn get(&self, path: &str) -> Option<&Document> {
        self.open.get(path).map(Arc::as_ref)
    }
    /// The same, to edit it.
    pub(crate) fn get_mut(&mut self, path: &str) -> Option<&mut Document> {
        self.open.get_mut(path).map(Arc::make_mut)
    }
    /// Paths of all, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.open.keys().map(String::as_str)
    }
    /// The client's URIs.
    pub(crate) fn uris(&self) -> &Uris {
        &self.uris
    }
}

#[cfg(test)]
mod tests {
    use ls_types::{Position, Range};

    use super::*;

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent {
            range: Some(Range { start: Position::new(from.0, from.1), end: Position::new(to.0, to.1) }),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[track_caller]
    fn check(before: &str, encoding: Encoding, changes: Vec<TextDocumentContentChangeEvent>, after: &str) {
        let mut document = Document::new(before.to_owned(), 1);
        document.apply(changes, 2, encoding);
        assert_eq!((document.text(), document.version()), (after, 2));
        assert_eq!(document.lines, Lines::new(after));
    }

    #[test]
    fn edits_follow_each_other() {
        check(
            "PORT\n 21 TCP FTPD1\n",
            Encoding::Utf16,
            vec![
                change((1, 8), (1, 13), "OMVS"),
                change((0, 0), (0, 0), "; ports\n"),
                change((2, 1), (2, 3), "20"),
            ],
            "; ports\nPORT\n 20 TCP OMVS\n",
        );
    }

    #[test]
    fn edits_count_in_the_negotiated_units() {
        for (encoding, from, to) in [(Encoding::Utf8, 6, 7), (Encoding::Utf16, 3, 4), (Encoding::Utf32, 2, 3)]
        {
            check("x\r\nä😀b\r\n", encoding, vec![change((1, from), (1, to), "B")], "x\r\nä😀B\r\n");
        }
        check("e\u{301}x", Encoding::Utf16, vec![change((0, 1), (0, 2), "")], "ex");
    }

    #[test]
    fn a_whole_text_replaces_all() {
        let whole =
            TextDocumentContentChangeEvent { range: None, range_length: None, text: "new\r\n".to_owned() };
        check(
            "old\nold\n",
            Encoding::Utf16,
            vec![change((0, 0), (0, 3), "x"), whole, change((1, 0), (1, 0), "y")],
            "new\r\ny",
        );
    }

    #[test]
    fn positions_past_the_end_clamp() {
        check("ab\ncd", Encoding::Utf16, vec![change((0, 99), (0, 99), "!")], "ab!\ncd");
        check("ab\ncd", Encoding::Utf16, vec![change((7, 0), (9, 9), "!")], "ab\ncd!");
        check("ab\ncd", Encoding::Utf16, vec![change((0, 1), (u32::MAX, u32::MAX), "")], "a");
        check("", Encoding::Utf8, vec![change((3, 3), (0, 0), "x")], "x");
    }

    #[test]
    fn line_ends_come_together_and_part() {
        for (before, from, to, text, after) in [
            ("a\rb\nc", (1, 0), (1, 1), "", "a\r\nc"),
            ("a\r\nb", (1, 0), (1, 0), "x\r", "a\r\nx\rb"),
            ("a\nb\nc\nd", (1, 0), (3, 0), "", "a\nd"),
            ("a\nb\nc", (0, 0), (0, 0), "x\ny\n", "x\ny\na\nb\nc"),
            ("\n\n\n", (0, 0), (2, 0), "\r", "\r\n"),
            ("a\n\nb", (1, 0), (1, 0), "\r", "a\n\r\nb"),
            ("a\nb", (0, 1), (1, 0), "\r", "a\rb"),
        ] {
            check(before, Encoding::Utf16, vec![change(from, to, text)], after);
        }
    }

    #[test]
    fn a_range_the_wrong_way_round_is_turned() {
        check("abcd", Encoding::Utf16, vec![change((0, 3), (0, 1), "-")], "a-d");
    }
}
