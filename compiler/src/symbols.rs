//! System symbols: `&NAME`, `&NAME.` and `&NAME(start:length)`, put in before the text is read (01 1.4).

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::tree::Span;

/// Where pieces of the resolved text come from. Between the pieces both texts are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpanMap {
    pieces: Arc<[Piece]>,
    /// Where the text that spans are relative to starts in the resolved text.
    base: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    resolved: Span,
    typed: Span,
}

impl SpanMap {
    /// The typed text behind a span of the resolved text; a span that touches a symbol takes all of it.
    #[must_use]
    pub fn typed(&self, span: Span) -> Span {
        let start = self.point(span.start + self.base, false);
        let end = self.point(span.end() + self.base, true);
        Span { start, len: end.saturating_sub(start) }
    }

    fn point(&self, at: u32, end: bool) -> u32 {
        let before = |piece: &Piece| if end { piece.resolved.start < at } else { piece.resolved.start <= at };
        let count = self.pieces.partition_point(before);
        let Some(last) = count.checked_sub(1).and_then(|index| self.pieces.get(index)) else { return at };
        let inside = |piece: &Piece| {
            at < piece.resolved.end() || (end && at <= piece.resolved.end() && piece.resolved.len > 0)
        };
        if inside(last) {
            return if end { last.typed.end() } else { last.typed.start };
        }
        let shifted = i64::from(at) + i64::from(last.typed.end()) - i64::from(last.resolved.end());
        u32::try_from(shifted).unwrap_or(0)
    }

    /// The same map for a part of the resolved text that starts at an offset.
    #[must_use]
    pub fn shifted(&self, start: u32) -> Self {
        Self { pieces: Arc::clone(&self.pieces), base: self.base + start }
    }

    /// Whether a symbol was put into a span of the resolved text.
    #[must_use]
    pub fn touches(&self, span: Span) -> bool {
        let span = Span { start: span.start + self.base, len: span.len };
        let behind = self.pieces.partition_point(|piece| piece.resolved.end() <= span.start);
        let rest = self.pieces.get(behind..).unwrap_or(&[]);
        let mut near = rest.iter().take_while(|piece| piece.resolved.start < span.end());
        near.any(|piece| span.start < piece.resolved.end())
    }
}

/// A symbol in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Upper case, without the ampersand and the period.
    pub name: String,
    /// From the ampersand to the last character that belongs to it.
    pub span: Span,
    /// Start (from 1) and length of the substring form.
    pub part: Option<(usize, usize)>,
}

/// The symbols of a text, in order. Comments are passed over.
#[must_use]
pub fn symbols_in(text: &str) -> Vec<Symbol> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let mut blank = true;
    while let Some(&byte) = bytes.get(at) {
        if byte == b';' && blank {
            at = text.get(at..).and_then(|rest| rest.find('\n')).map_or(bytes.len(), |end| at + end);
            continue;
        }
        blank = matches!(byte, b' ' | b'\t' | b'\n');
        if byte != b'&' {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while bytes
            .get(at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'@'))
        {
            at += 1;
        }
        let name = text.get(start + 1..at).unwrap_or("").to_ascii_uppercase();
        if name.is_empty() {
            continue;
        }
        let part = text.get(at..).and_then(substring);
        if let Some((length, _, _)) = part {
            at += length;
        }
        if bytes.get(at) == Some(&b'.') {
            at += 1;
        }
        let span =
            Span { start: u32::try_from(start).unwrap_or(0), len: u32::try_from(at - start).unwrap_or(0) };
        found.push(Symbol { name, span, part: part.map(|(_, start, length)| (start, length)) });
    }
    found
}

/// `(start:length)` at the start of a text: its own length, the start and the length.
fn substring(text: &str) -> Option<(usize, usize, usize)> {
    let inner = text.strip_prefix('(')?;
    // Two numbers and a colon are never longer.
    let near = inner.get(..inner.floor_char_boundary(24)).unwrap_or(inner);
    let (inner, _) = near.split_once(')')?;
    let (start, length) = inner.split_once(':')?;
    let (start, length) = (start.parse::<usize>().ok()?, length.parse::<usize>().ok()?);
    (start > 0).then_some((inner.len() + 2, start, length))
}

/// A text with its symbols put in. Symbols without a value stay as typed and are listed.
#[must_use]
pub fn resolve(text: &str, values: &BTreeMap<String, String>) -> (String, SpanMap, Vec<Symbol>) {
    let mut out = String::with_capacity(text.len());
    let mut pieces = Vec::new();
    let mut unknown = Vec::new();
    let mut copied = 0;
    for symbol in symbols_in(text) {
        let Some(value) = values.get(&symbol.name) else {
            unknown.push(symbol);
            continue;
        };
        let value: String = match symbol.part {
            Some((start, length)) => value.chars().skip(start - 1).take(length).collect(),
            None => value.clone(),
        };
        out.push_str(text.get(copied..symbol.span.start as usize).unwrap_or(""));
        let resolved = Span {
            start: u32::try_from(out.len()).unwrap_or(0),
            len: u32::try_from(value.len()).unwrap_or(0),
        };
        out.push_str(&value);
        pieces.push(Piece { resolved, typed: symbol.span });
        copied = symbol.span.end() as usize;
    }
    out.push_str(text.get(copied..).unwrap_or(""));
    (out, SpanMap { pieces: pieces.into(), base: 0 }, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<String, String> {
        BTreeMap::from([("SYSCLONE".to_owned(), "07".to_owned()), ("SYSNAME".to_owned(), "MVS1".to_owned())])
    }

    #[test]
    fn a_period_closes_the_symbol_and_a_second_one_stays() {
        let (text, _, unknown) = resolve("10.1.&SYSCLONE..7 &sysname", &values());
        assert_eq!(text, "10.1.07.7 MVS1");
        assert!(unknown.is_empty());
    }

    #[test]
    fn a_substring_is_taken() {
        assert_eq!(resolve("L&SYSNAME(2:2).X", &values()).0, "LVSX");
    }

    #[test]
    fn unknown_symbols_stay_and_are_told() {
        let (text, _, unknown) = resolve("A &NOPE. B ; &NEITHER", &values());
        assert_eq!(text, "A &NOPE. B ; &NEITHER");
        assert_eq!(unknown.iter().map(|symbol| symbol.name.as_str()).collect::<Vec<_>>(), ["NOPE"]);
    }

    #[test]
    fn spans_lead_back_to_what_was_typed() {
        let typed = "10.1.&SYSCLONE..7 &SYSNAME. end";
        let (text, map, _) = resolve(typed, &values());
        let back = |word: &str| {
            let start = u32::try_from(text.find(word).unwrap()).unwrap();
            let span = map.typed(Span { start, len: u32::try_from(word.len()).unwrap() });
            typed.get(span.start as usize..span.end() as usize).unwrap()
        };
        assert_eq!(back("10.1.07.7"), "10.1.&SYSCLONE..7");
        assert_eq!(back("MVS1"), "&SYSNAME.");
        assert_eq!(back("end"), "end");
    }
}
