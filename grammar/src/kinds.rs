//! What a token may be at first sight: its first letter and its form, one bit each. What a node may begin with is the union over it, made
//! when the table is. Where the two have no bit in common the node does not begin at the token; where all that they have in common is sure, it does;
//! only else has the text to be looked at.

use crate::description::{Node, Type};
use crate::token::class;

/// From the lowest bit: whether nodes may stand for nothing, or a token is the first of its record; first letters; two for what is never sure; forms; and the same forms again for
/// nodes that do not take each token of the form, and tokens that could be a statement's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u64);

/// Nodes that may stand for nothing.
const NULLABLE: u64 = 1;
/// Tokens that are the first of their records.
const FIRST: u64 = 1;
/// Every node has it, and tokens of which nothing is known.
const UNKNOWN: u64 = 1 << 30;
/// Every token has it, and nodes that look at the text of every token.
const TEXT: u64 = 1 << 31;
/// A bit of both alone makes it possible that a node begins at a token.
const POSSIBLE: u64 = 0x0000_FFFF_3FFF_FFFE;
/// A bit of both makes it unsure.
const UNSURE: u64 = 0xFFFF_0000_FFFF_FFFE;
/// From a form to its bit for what is not sure.
const AGAIN: u32 = 16;

/// The letter's bit for a digit, and the first for what is neither letter nor digit.
const DIGITS: u8 = 27;
const OTHERS: u8 = 28;

/// The bit of each first letter; a small letter has that of the capital.
const LETTERS: [u64; 256] = letters();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a compile error")]
const fn letters() -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = 1 << letter(byte as u8);
        byte += 1;
    }
    table
}

/// The same, and what every token has.
static INITIALS: [u64; 256] = initials();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a compile error")]
const fn initials() -> [u64; 256] {
    let mut table = LETTERS;
    let mut byte = 0;
    while byte < 256 {
        table[byte] |= TEXT;
        byte += 1;
    }
    table
}

const fn letter(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A' + 1,
        b'a'..=b'z' => byte - b'a' + 1,
        b'0'..=b'9' => DIGITS,
        _ => OTHERS + byte % 2,
    }
}

/// Forms of tokens; each token has one.
mod form {
    /// A quoted text.
    pub(super) const QUOTED: u64 = 1 << 32;
    /// With a system symbol and a colon.
    pub(super) const SYMBOL_COLON: u64 = 1 << 33;
    /// With a system symbol and a slash or hyphen.
    pub(super) const SYMBOL_JOIN: u64 = 1 << 34;
    /// With a system symbol.
    pub(super) const SYMBOL: u64 = 1 << 35;
    /// With a colon, else digits.
    pub(super) const TIME: u64 = 1 << 36;
    /// With a colon.
    pub(super) const COLON: u64 = 1 << 37;
    /// Digits.
    pub(super) const NUMBER: u64 = 1 << 38;
    /// Digits and dots.
    pub(super) const DOTTED: u64 = 1 << 39;
    /// Digits, dots, and a slash or hyphen.
    pub(super) const NET: u64 = 1 << 40;
    /// With a dot.
    pub(super) const DOT: u64 = 1 << 41;
    /// Digits, a slash or hyphen, the first a digit.
    pub(super) const RANGE: u64 = 1 << 42;
    /// With a slash or hyphen.
    pub(super) const JOIN: u64 = 1 << 43;
    /// Hexadecimal, not digits alone, the first a digit.
    pub(super) const DIGIT_HEX: u64 = 1 << 44;
    /// Hexadecimal, not digits alone.
    pub(super) const HEX: u64 = 1 << 45;
    /// The first a digit.
    pub(super) const DIGIT_WORD: u64 = 1 << 46;
    /// Any other.
    pub(super) const WORD: u64 = 1 << 47;
}

const SYMBOLS: u64 = form::SYMBOL_COLON | form::SYMBOL_JOIN | form::SYMBOL;
const COLONS: u64 = form::TIME | form::COLON;
/// Without dot, colon, slash and hyphen, not digits alone.
const WORDS: u64 = form::DIGIT_HEX | form::HEX | form::DIGIT_WORD | form::WORD;
const NAMES: u64 = form::NUMBER | form::DOT | form::RANGE | form::JOIN | WORDS;
const UNQUOTED: u64 = SYMBOLS | COLONS | form::DOTTED | form::NET | NAMES;

/// The form of a token by its classes, those of tokens that begin with a digit in the second half.
static FORMS: [u64; 512] = forms();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a compile error")]
const fn forms() -> [u64; 512] {
    let mut table = [0; 512];
    let mut place = 0;
    while place < 512 {
        table[place] = form(place as u8, place >= 256);
        place += 1;
    }
    table
}

const fn form(classes: u8, digit: bool) -> u64 {
    let (dot, colon, join) =
        (classes & class::DOT != 0, classes & class::COLON != 0, classes & class::JOIN != 0);
    let letters = classes & !(class::DIGIT | class::DOT | class::COLON | class::JOIN);
    if classes & class::SYMBOL != 0 {
        return match (colon, join) {
            (true, _) => form::SYMBOL_COLON,
            (false, true) => form::SYMBOL_JOIN,
            (false, false) => form::SYMBOL,
        };
    }
    match (colon, dot, join) {
        (true, false, false) if letters == 0 => form::TIME,
        (true, ..) => form::COLON,
        (false, true, false) if letters == 0 => form::DOTTED,
        (false, true, true) if letters == 0 => form::NET,
        (false, true, _) => form::DOT,
        (false, false, true) if letters == 0 && digit => form::RANGE,
        (false, false, true) => form::JOIN,
        (false, false, false) => match (letters, digit) {
            (0, _) => form::NUMBER,
            (class::HEX, true) => form::DIGIT_HEX,
            (class::HEX, false) => form::HEX,
            (_, true) => form::DIGIT_WORD,
            (_, false) => form::WORD,
        },
    }
}

impl Kinds {
    /// Of no token.
    pub const NONE: Self = Self(0);
    /// Of a token of which nothing is to be told.
    pub const ALL: Self = Self(!NULLABLE);
    /// Words that stand for an address in the founding documents.
    pub(crate) const SYMBOLIC: Self = Self(form::HEX | form::WORD);
    /// Tokens with a system symbol.
    pub(crate) const SYMBOLS: Self = Self(SYMBOLS);

    /// Of a quoted text.
    #[inline(always)]
    pub(crate) const fn of_quoted(first: bool) -> Self {
        Self(form::QUOTED | TEXT | first as u64)
    }

    /// Of a word, by its first byte, the class of that and those of all its bytes, whether it begins its record, and
    /// whether it could be a statement's name or an END.
    #[inline(always)]
    pub(crate) fn of_word(byte: u8, first: u8, classes: u8, record: bool, may_stop: bool) -> Self {
        let initial = INITIALS.get(usize::from(byte)).copied().unwrap_or(0);
        let place = usize::from(first & class::DIGIT) << 8 | usize::from(classes);
        let form = FORMS.get(place).copied().unwrap_or(0);
        Self(initial | form | u64::from(record) | form << AGAIN & u64::from(may_stop).wrapping_neg())
    }

    /// Of the same token where nothing else is to be told of it.
    #[inline(always)]
    pub(crate) const fn unknown(self) -> Self {
        Self(Self::ALL.0 | self.0 & FIRST)
    }

    /// Whether there is a token.
    #[inline(always)]
    pub(crate) const fn is_token(self) -> bool {
        self.0 != 0
    }

    /// Whether a token is the first of its record.
    #[inline(always)]
    pub(crate) const fn is_first(self) -> bool {
        self.0 & FIRST != 0
    }

    /// Whether a token has a system symbol.
    #[inline(always)]
    pub(crate) const fn has_symbol(self) -> bool {
        self.0 & SYMBOLS != 0
    }

    /// Whether a word could be a statement's name or an END.
    #[inline(always)]
    pub(crate) const fn may_stop(self) -> bool {
        self.0 >> 48 != 0
    }

    /// Of the tokens that begin like a word.
    #[allow(clippy::indexing_slicing, reason = "a byte is always less than 256")]
    #[inline(always)]
    const fn of_keyword(word: &str) -> Self {
        match word.as_bytes() {
            [first, ..] => Self(LETTERS[*first as usize] | UNKNOWN),
            [] => Self(UNKNOWN),
        }
    }

    /// Of the tokens that have the form of a type, in the product's language. Of some types the text decides further.
    #[must_use]
    #[inline(always)]
    pub const fn of_type(kind: &Type) -> Self {
        Self(match kind {
            Type::Number(..) | Type::Among(_) => form::NUMBER | form::SYMBOL | form::SYMBOL_JOIN,
            Type::Decimal(..) => form::NUMBER | form::DOTTED | SYMBOLS,
            Type::Exactly(_) | Type::Setting(_) | Type::Word => UNQUOTED,
            Type::Text => UNQUOTED | form::QUOTED,
            Type::Hex(_) | Type::Mac => {
                form::NUMBER | form::DIGIT_HEX | form::HEX | form::SYMBOL | form::SYMBOL_JOIN
            }
            Type::Ipv4 | Type::Mask => form::DOTTED | form::SYMBOL,
            Type::Ipv4Net => form::NET | form::SYMBOL_JOIN,
            Type::Ipv4OrNet => form::DOTTED | form::NET | form::SYMBOL | form::SYMBOL_JOIN,
            Type::Ipv4Range => form::NET | form::SYMBOL | form::SYMBOL_JOIN,
            Type::Ipv6 | Type::InterfaceId | Type::Ipv6Net | Type::Ipv6OrNet => COLONS | SYMBOLS,
            Type::Ipv6Range => COLONS | form::SYMBOL_COLON,
            Type::Ip => form::DOTTED | COLONS | SYMBOLS,
            Type::IpOrNet => form::DOTTED | form::NET | COLONS | SYMBOLS,
            Type::Name(_) => NAMES | SYMBOLS,
            Type::Job | Type::JobPattern => WORDS | SYMBOLS,
            Type::PortRange => form::NUMBER | form::RANGE | form::SYMBOL | form::SYMBOL_JOIN,
            Type::Size(..) => form::NUMBER | form::DIGIT_HEX | form::DIGIT_WORD | SYMBOLS,
            Type::Time => form::TIME | SYMBOLS,
            Type::Resource => form::NUMBER | WORDS | SYMBOLS,
            Type::Dsname => NAMES | form::NET | SYMBOLS,
        })
    }

    /// The same with what is not sure.
    #[inline(always)]
    const fn of_operand(kind: &Type) -> Self {
        let forms = Self::of_type(kind).0 | UNKNOWN;
        if kind.is_loose() {
            // It could be the name of a statement as well.
            return Self(forms | Self::of_type(kind).0 << AGAIN);
        }
        let by_text = matches!(kind, Type::Exactly(_) | Type::Setting(_) | Type::Ipv4Range | Type::Ipv6Range);
        if by_text { Self(forms | TEXT) } else { Self(forms) }
    }

    /// Of the tokens that a node may begin with, in the product's language.
    #[must_use]
    #[inline(always)]
    pub const fn of_node(mut node: &Node) -> Self {
        loop {
            node = match node {
                Node::Nothing => return Self::NONE,
                Node::Rest(_) => return Self::ALL,
                Node::Keyword(keyword) => return Self::of_keyword(keyword.full),
                Node::Literal(_, text) => return Self::of_keyword(text),
                Node::Operand(_, kind) => return Self::of_operand(kind),
                Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => return nodes.kinds(),
                // A mask that may be left out is none of zeros.
                Node::Optional(Node::Operand(_, Type::Mask)) => {
                    return Self(Self::of_type(&Type::Mask).0 | UNKNOWN | TEXT);
                }
                Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => inner,
            }
        }
    }

    /// With a look at the text in any case.
    pub(crate) const fn unsure(self) -> Self {
        Self(self.0 | TEXT)
    }

    /// What is in one or the other.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// With it, whether the nodes may stand for nothing: one word less in each of them.
    pub(crate) const fn of_nodes(self, nullable: bool) -> Self {
        if nullable { Self(self.0 | NULLABLE) } else { self }
    }

    /// Without that.
    pub(crate) const fn of_tokens(self) -> Self {
        Self(self.0 & !NULLABLE)
    }

    /// Whether nodes may stand for nothing.
    pub(crate) const fn nullable(self) -> bool {
        self.0 & NULLABLE != 0
    }

    /// Whether a token may be what begins a node: false and true are sure.
    #[inline(always)]
    pub(crate) const fn begins(self, token: Self) -> Option<bool> {
        let both = self.0 & token.0;
        if both & POSSIBLE == 0 {
            Some(false)
        } else if both & UNSURE == 0 {
            Some(true)
        } else {
            None
        }
    }

    /// Whether a token has one of some forms.
    #[inline]
    pub(crate) const fn has_form(self, forms: Self) -> bool {
        self.0 & forms.0 & POSSIBLE != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::scan;

    fn has_form(text: &str, kind: Type) -> bool {
        let tokens = scan(text, false).tokens;
        tokens.first().is_some_and(|token| token.kinds.has_form(Kinds::of_type(&kind)))
    }

    #[test]
    fn a_token_has_one_form() {
        for (text, yes, no) in [
            ("443", Type::Number(1, 9), Type::Ipv4),
            ("192.0.2.1", Type::Ipv4, Type::Name(16)),
            ("192.0.2.0/24", Type::Ipv4Net, Type::Ipv4),
            ("192.0.2.1-192.0.2.9", Type::Ipv4Range, Type::Name(16)),
            ("2001:db8::1", Type::Ipv6, Type::Name(16)),
            ("12:30", Type::Time, Type::Number(0, 9)),
            ("20-21", Type::PortRange, Type::Number(1, 9)),
            ("64K", Type::Size(0, 1), Type::Number(1, 9)),
            ("00AF", Type::Hex(4), Type::Number(1, 9)),
            ("BA0", Type::Hex(4), Type::Size(0, 1)),
            ("OSA1", Type::Name(16), Type::Hex(4)),
            ("NET.PARMS", Type::Dsname, Type::Job),
            ("\"x y\"", Type::Text, Type::Word),
            ("&SYM.", Type::Ipv4, Type::Ipv4Net),
            ("&SYM./24", Type::Ipv4Net, Type::Ipv4),
            ("&SYM::1", Type::Ipv6, Type::Number(1, 9)),
        ] {
            assert!(has_form(text, yes), "{text}");
            assert!(!has_form(text, no), "{text}");
        }
    }

    #[test]
    fn what_a_node_begins_with_is_in_its_kinds() {
        for desc in crate::STATEMENTS {
            if let Node::Sequence(nodes) = &desc.syntax
                && let Some(first) = nodes.first()
            {
                let (all, first) = (Kinds::of_node(&desc.syntax), Kinds::of_node(first).of_tokens());
                assert_eq!(all.or(first), all, "{}", desc.name);
            }
        }
    }
}
