//! Statement names by every accepted abbreviation.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::STATEMENTS;
use crate::description::{KeywordDesc, StatementDesc, StatementId};

/// Names and abbreviations, upper case, to the statements that accept them.
fn table() -> &'static FxHashMap<Vec<u8>, Vec<StatementId>> {
    static TABLE: OnceLock<FxHashMap<Vec<u8>, Vec<StatementId>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: FxHashMap<Vec<u8>, Vec<StatementId>> = FxHashMap::default();
        for statement in STATEMENTS {
            for length in statement.min..=statement.name.len() {
                if let Some(short) = statement.name.get(..length) {
                    table.entry(short.as_bytes().to_vec()).or_default().push(statement.id);
                }
            }
        }
        table
    })
}

/// For each initial letter, the lengths of words that may name a statement, one bit each: most words are ruled out by it.
fn lengths() -> &'static [u32; 256] {
    static LENGTHS: OnceLock<[u32; 256]> = OnceLock::new();
    LENGTHS.get_or_init(|| {
        let mut lengths = [0u32; 256];
        for name in table().keys() {
            let place = name.first().and_then(|initial| lengths.get_mut(*initial as usize));
            if let (Some(place), Ok(length)) = (place, u32::try_from(name.len())) {
                *place |= 1u32.checked_shl(length).unwrap_or(0);
            }
        }
        lengths
    })
}

/// The statements that a word may name, in any block.
#[must_use]
pub fn statements_named(word: &str) -> &'static [StatementId] {
    let initial = word.as_bytes().first().map_or(0, u8::to_ascii_uppercase);
    let possible = lengths().get(initial as usize).copied().unwrap_or(0);
    if u32::try_from(word.len()).ok().and_then(|length| 1u32.checked_shl(length)).unwrap_or(0) & possible == 0
    {
        return &[];
    }
    let mut folded = [0u8; 32];
    let Some(place) = folded.get_mut(..word.len()) else { return &[] };
    for (to, from) in place.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_uppercase();
    }
    table().get(&*place).map_or(&[], Vec::as_slice)
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

/// The nearest of some names to a word, if one alone is near enough to be meant: a few letters apart, or the only one that
/// begins with it.
#[must_use]
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let word = word.to_ascii_uppercase();
    if word.len() < 3 {
        return None;
    }
    let most = (word.len() / 4).max(1) + usize::from(word.len() > 7);
    let mut near: Option<(usize, &str, bool)> = None;
    let mut longer: Option<(&str, bool)> = None;
    for name in names {
        let upper = name.to_ascii_uppercase();
        if upper.len() > word.len() && upper.starts_with(&word) {
            longer = Some((name, longer.is_none_or(|(known, alone)| alone && known == name)));
        }
        // Lengths apart by more than the distance cannot be near.
        if upper.len().abs_diff(word.len()) > most {
            continue;
        }
        let distance = strsim::osa_distance(&word, &upper);
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
