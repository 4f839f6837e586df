//! Statement names by every accepted abbreviation.

use std::sync::OnceLock;

use crate::STATEMENTS;
use crate::description::{KeywordDesc, StatementDesc, StatementId};

/// Names and abbreviations that share a place in the table, each with the statements that accept it.
type Names = Vec<(&'static str, Vec<StatementId>)>;

/// Names and abbreviations, upper case, with the statements that accept them: nearly every word that is none of them is told at one look.
struct Table {
    /// For each place the list of its names, from 1; 0 where there are none.
    places: Box<[u16; PLACES]>,
    names: Vec<Names>,
}

/// Many more than there are names and abbreviations, and few enough to stay near the processor.
const PLACES: usize = 1 << 13;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table { places: Box::new([0; PLACES]), names: Vec::new() };
        for statement in STATEMENTS {
            for length in statement.min..=statement.name.len() {
                let Some(short) = statement.name.get(..length) else { continue };
                table.add(short, statement.id);
            }
        }
        table
    })
}

impl Table {
    fn add(&mut self, name: &'static str, id: StatementId) {
        let Some(place) = self.places.get_mut(place(name.as_bytes())) else { return };
        if *place == 0 {
            self.names.push(Names::new());
            *place = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        }
        let Some(names) = self.names.get_mut(usize::from(*place) - 1) else { return };
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, ids)) => ids.push(id),
            None => names.push((name, vec![id])),
        }
    }
}

/// Where in the table a word would stand: by its first eight letters, whatever their case, and its length.
fn place(bytes: &[u8]) -> usize {
    let letters = match (bytes.first_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(eight), ..) => u64::from_le_bytes(*eight),
        (None, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        (None, ..) => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    let folded = (letters | 0x2020_2020_2020_2020) ^ bytes.len() as u64;
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PLACES.trailing_zeros())) as usize
}

/// The statements that a word may name, in any block.
#[must_use]
pub fn statements_named(word: &str) -> &'static [StatementId] {
    named(word.as_bytes(), |name| name.eq_ignore_ascii_case(word.as_bytes()))
}

/// The same of a word of letters and digits.
pub(crate) fn statements_named_in_letters(word: &[u8]) -> &'static [StatementId] {
    named(word, |name| name.len() == word.len() && same_letters(word, name))
}

#[inline(always)]
fn named(word: &[u8], is: impl Fn(&[u8]) -> bool) -> &'static [StatementId] {
    let table = table();
    let list = table.places.get(place(word)).copied().unwrap_or(0);
    let Some(names) = usize::from(list).checked_sub(1).and_then(|list| table.names.get(list)) else {
        return &[];
    };
    let found = names.iter().find(|(name, _)| is(name.as_bytes()));
    found.map_or(&[], |(_, ids)| ids.as_slice())
}

/// The description of a statement.
#[must_use]
pub fn statement(id: StatementId) -> Option<&'static StatementDesc> {
    STATEMENTS.get(id.0 as usize)
}

/// Whether a word is this keyword or an accepted abbreviation of it, in any case.
#[must_use]
pub fn is_keyword(word: &str, keyword: &KeywordDesc) -> bool {
    word.len() >= keyword.min
        && keyword
            .full
            .as_bytes()
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// The same of a word of letters and digits.
#[inline]
pub(crate) fn is_keyword_in_letters(word: &[u8], keyword: &KeywordDesc) -> bool {
    word.len() >= keyword.min
        && keyword.full.as_bytes().get(..word.len()).is_some_and(|start| same_letters(word, start))
}

/// For each two first letters, whatever their case, the lengths, up to 31, of the names and abbreviations that begin with them.
static LENGTHS: [u32; 1024] = lengths(STATEMENTS);

/// Where in that table a word stands.
#[inline(always)]
const fn beginning(first: u8, second: u8) -> usize {
    (first as usize & 31) << 5 | (second as usize & 31)
}

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a compile error")]
const fn lengths(statements: &[StatementDesc]) -> [u32; 1024] {
    let mut table = [0; 1024];
    let mut rest = statements;
    while let [desc, behind @ ..] = rest {
        let name = desc.name.as_bytes();
        let mut length = desc.min;
        while length <= name.len() {
            table[beginning(name[0], name[1])] |= 1 << length;
            length += 1;
        }
        rest = behind;
    }
    // An END keyword may have any length.
    let mut second = 0;
    while second < 32 {
        table[beginning(b'E', second)] = u32::MAX;
        second += 1;
    }
    table
}

/// Whether a word with these first letters and this length may be a statement's name or an END: no for nearly every word that is none.
#[inline(always)]
pub(crate) fn may_stop(first: u8, second: u8, length: usize) -> bool {
    let lengths = LENGTHS.get(beginning(first, second)).copied().unwrap_or(0);
    lengths >> (length & 31) & 1 != 0
}

/// Whether a word of letters and digits is one of capitals and digits but for case; of the same length.
#[inline]
pub(crate) fn same_letters(word: &[u8], capitals: &[u8]) -> bool {
    const EIGHT: u64 = 0x2020_2020_2020_2020;
    const FOUR: u32 = 0x2020_2020;
    let eight = |left: &[u8; 8], right: &[u8; 8]| {
        u64::from_le_bytes(*left) | EIGHT == u64::from_le_bytes(*right) | EIGHT
    };
    let four = |left: &[u8; 4], right: &[u8; 4]| {
        u32::from_le_bytes(*left) | FOUR == u32::from_le_bytes(*right) | FOUR
    };
    if word.len() > 16 {
        return word.eq_ignore_ascii_case(capitals);
    }
    if let (Some(left), Some(right)) = (word.first_chunk(), capitals.first_chunk()) {
        let last = word.last_chunk().zip(capitals.last_chunk());
        return eight(left, right) && last.is_some_and(|(left, right)| eight(left, right));
    }
    if let (Some(left), Some(right)) = (word.first_chunk(), capitals.first_chunk()) {
        let last = word.last_chunk().zip(capitals.last_chunk());
        return four(left, right) && last.is_some_and(|(left, right)| four(left, right));
    }
    word.iter().zip(capitals).all(|(left, right)| left | 0x20 == right | 0x20)
}

/// Which letters and digits a word has: a bit for each, whatever their case, and one for all else.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |letters, byte| {
        letters
            | match byte {
                b'A'..=b'Z' => 1 << (byte - b'A'),
                b'a'..=b'z' => 1 << (byte - b'a'),
                b'0'..=b'9' => 1 << (26 + byte - b'0'),
                _ => 1 << 36,
            }
    })
}

/// The nearest of some names to a word, if one alone is near enough to be meant: a few letters apart, or the only one that
/// begins with it.
#[must_use]
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if word.len() < 3 {
        return None;
    }
    let word = word.to_ascii_uppercase();
    let most = (word.len() / 4).max(1) + usize::from(word.len() > 7);
    let letters = letters(&word);
    let mut near: Option<(usize, &str, bool)> = None;
    let mut longer: Option<(&str, bool)> = None;
    for name in names {
        let start = name.as_bytes().get(..word.len());
        if name.len() > word.len() && start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes())) {
            longer = Some((name, longer.is_none_or(|(known, alone)| alone && known == name)));
        }
        // Lengths apart by more than the distance cannot be near; nor letters, of which each step takes one and brings one at most.
        let apart = || (letters ^ self::letters(name)).count_ones() as usize;
        if name.len().abs_diff(word.len()) > most || apart() > 2 * most {
            continue;
        }
        let distance = strsim::osa_distance(&word, &name.to_ascii_uppercase());
        near = match near {
            _ if distance > most => near,
            None => Some((distance, name, true)),
            Some((best, known, _)) if distance == best && known != name => Some((best, known, false)),
            Some((best, _, _)) if distance < best => Some((distance, name, true)),
            Some(_) => near,
        };
    }
    match (near, longer) {
        (Some((_, name, true)), _) => Some(name),
        (None, Some((name, true))) if word.len() > 3 => Some(name),
        (Some(_) | None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn letters_are_apart_by_two_a_step_at_most(word in "[A-Cxé7.-]{0,8}", other in "[A-Cxé7.-]{0,8}") {
            let apart = (letters(&word) ^ letters(&other)).count_ones() as usize;
            prop_assert!(apart <= 2 * strsim::osa_distance(&word.to_ascii_uppercase(), &other.to_ascii_uppercase()));
        }
    }
}
