//! Profile text to tokens. The specification is `tokens.pest`; this scanner does the same at the speed of memory.
//!
//! Lossless together with the text: what stands between two tokens is blanks, record ends and comments.

use crate::kinds::Kinds;
use crate::lookup;

/// What a byte may be in a token, one bit each; the union over a token tells quickly what the token cannot be.
pub mod class {
    /// 0 to 9.
    pub const DIGIT: u8 = 1;
    /// a to f, A to F.
    pub const HEX: u8 = 2;
    /// Any other letter, and the national characters.
    pub const LETTER: u8 = 4;
    /// A dot.
    pub const DOT: u8 = 8;
    /// A colon.
    pub const COLON: u8 = 16;
    /// A slash or a hyphen.
    pub const JOIN: u8 = 32;
    /// An ampersand: a system symbol.
    pub const SYMBOL: u8 = 64;
    /// Anything else.
    pub const OTHER: u8 = 128;
}

/// A word or a quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of its first byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
    /// Union of the classes of its bytes, see [`class`].
    pub classes: u8,
    /// What it may be at first sight.
    pub kinds: Kinds,
    /// Its first byte in upper case; 0 for a quoted text.
    pub initial: u8,
    /// First token of its record.
    pub first: bool,
    /// Starts with a double quote.
    pub quoted: bool,
    /// A comment is glued to its end, without a blank between.
    pub glued: bool,
}

/// A comment from its `;` to the end of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Byte offset of the `;`.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
    /// How many tokens stand before it in the text.
    pub token: u32,
    /// Nothing but blanks stands before it in its record.
    pub own_record: bool,
}

/// The tokens and comments of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// In order.
    pub tokens: Vec<Token>,
    /// In order.
    pub comments: Vec<Comment>,
}

/// Class of each byte; 0 ends a word.
static CLASSES: [u8; 256] = classes(false);

/// The same where a comma is a blank.
static COMMA_CLASSES: [u8; 256] = classes(true);

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a compile error")]
const fn classes(commas: bool) -> [u8; 256] {
    let mut table = [class::OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | b'\r' | b'\n' | b';' => 0,
            b',' if commas => 0,
            b'0'..=b'9' => class::DIGIT,
            b'a'..=b'f' | b'A'..=b'F' => class::HEX,
            b'g'..=b'z' | b'G'..=b'Z' | b'@' | b'#' | b'$' => class::LETTER,
            b'.' => class::DOT,
            b':' => class::COLON,
            b'/' | b'-' => class::JOIN,
            b'&' => class::SYMBOL,
            _ => class::OTHER,
        };
        byte += 1;
    }
    table
}

/// Splits a text into tokens. `commas` makes a comma a blank, as the founding documents write their lists.
/// Bytes behind 4 GiB are not looked at.
#[must_use]
pub fn scan(text: &str, commas: bool) -> Tokens {
    let mut out = Tokens { tokens: Vec::with_capacity(text.len() / 10), comments: Vec::new() };
    Scanner::new(text, commas).scan(usize::MAX, &mut out.tokens, &mut out.comments);
    out
}

/// How much of a text a quoted text takes, whose quote stands in front of it: its second quote with it, but not the end of the record.
fn quoted(text: &[u8]) -> usize {
    match text.iter().position(|byte| matches!(byte, b'"' | b'\n')) {
        Some(place) => place + usize::from(text.get(place) == Some(&b'"')),
        None => text.len(),
    }
}

/// How long the word is that begins at a place, and the classes of its bytes.
#[inline(never)]
fn word(bytes: &[u8], at: usize, classes: &[u8; 256]) -> (usize, u8) {
    let (mut union, mut length) = (0, 0);
    let mut behind = bytes.get(at..).unwrap_or(&[]);
    // Some at a time, each looked up without asking where the text ends.
    while let Some((chunk, rest)) = behind.split_first_chunk::<8>() {
        for (place, byte) in chunk.iter().enumerate() {
            let class = classes.get(usize::from(*byte)).copied().unwrap_or(0);
            union |= class;
            if class == 0 {
                return (length + place, union);
            }
        }
        length += 8;
        behind = rest;
    }
    for byte in behind {
        let class = classes.get(usize::from(*byte)).copied().unwrap_or(0);
        union |= class;
        if class == 0 {
            return (length, union);
        }
        length += 1;
    }
    (length, union)
}

/// Splits a text into tokens, some at a time.
pub(crate) struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The next token is the first of its record.
    first: bool,
    /// Tokens so far.
    count: usize,
    /// The last of them with something to be said of at its statement's end.
    odd: usize,
    commas: bool,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, commas: bool) -> Self {
        let bytes = text.as_bytes();
        let bytes = bytes.get(..u32::MAX as usize).unwrap_or(bytes);
        Self { bytes, at: 0, first: true, count: 0, odd: 0, commas }
    }

    /// Goes on at this byte, where a token begins.
    pub(crate) fn skip_to(&mut self, start: u32, first: bool) {
        (self.at, self.first) = (start as usize, first);
    }

    /// Goes back to a token before which so many stand.
    pub(crate) fn back_to(&mut self, token: Token, count: usize) {
        (self.at, self.first, self.count) = (token.start as usize, token.first, count);
    }

    /// Whether from this token on, by how many stand before it, any may be glued to a comment, quoted, or with a system symbol.
    pub(crate) fn has_odd(&self, from: usize) -> bool {
        self.odd >= from
    }

    /// How many bytes have been looked at.
    pub(crate) fn passed(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    /// Whether there is no more.
    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// No more tokens than this are left, as a guess.
    pub(crate) fn most(&self) -> usize {
        self.bytes.len().saturating_sub(self.at) / 4
    }

    /// Adds so many tokens more, and the comments up to there.
    pub(crate) fn scan(&mut self, more: usize, tokens: &mut Vec<Token>, comments: &mut Vec<Comment>) {
        let Self { bytes, mut at, mut first, commas, count, mut odd } = *self;
        let end = tokens.len().saturating_add(more);
        let before = tokens.len();
        // From a place in the list to how many tokens stand before it.
        let base = count.wrapping_sub(before);
        let classes = if commas { &COMMA_CLASSES } else { &CLASSES };
        while let Some(&byte) = bytes.get(at) {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let own = classes.get(usize::from(byte)).copied().unwrap_or(0);
            if own != 0 && byte != b'"' {
                if tokens.len() >= end {
                    break;
                }
                let start = at;
                let (length, union) = word(bytes, at, classes);
                at += length;
                let glued = bytes.get(at) == Some(&b';');
                if union & class::SYMBOL | u8::from(glued) != 0 {
                    odd = base.wrapping_add(tokens.len());
                }
                let second = bytes.get(start + 1).copied().unwrap_or(0);
                let may_stop = lookup::may_stop(byte, second, length);
                tokens.push(Token {
                    kinds: Kinds::of_word(byte, own, union, first, may_stop),
                    start: start as u32,
                    len: length as u32,
                    classes: union,
                    initial: byte.to_ascii_uppercase(),
                    first,
                    quoted: false,
                    glued,
                });
                first = false;
                continue;
            }
            match byte {
                b'\n' => {
                    first = true;
                    at += 1;
                }
                b';' => {
                    let rest = bytes.get(at..).unwrap_or(&[]);
                    let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                    comments.push(Comment {
                        start: at as u32,
                        len: length as u32,
                        token: base.wrapping_add(tokens.len()) as u32,
                        own_record: first,
                    });
                    at += length;
                }
                b'"' => {
                    if tokens.len() >= end {
                        break;
                    }
                    odd = base.wrapping_add(tokens.len());
                    let length = quoted(bytes.get(at + 1..).unwrap_or(&[])) + 1;
                    tokens.push(Token {
                        kinds: Kinds::of_quoted(first),
                        start: at as u32,
                        len: length as u32,
                        classes: class::OTHER,
                        initial: 0,
                        first,
                        quoted: true,
                        glued: false,
                    });
                    at += length;
                    first = false;
                }
                _ => at += 1,
            }
        }
        (self.at, self.first, self.odd) = (at, first, odd);
        self.count += tokens.len() - before;
    }
}
