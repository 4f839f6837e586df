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
        let Some(place) = self.places.get_mut(place(name)) else { return };
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
fn place(word: &str) -> usize {
    let bytes = word.as_bytes();
    let letters = match (bytes.first_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(eight), ..) => u64::from_le_bytes(*eight),
        (None, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        (None, ..) => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    let folded = (letters | 0x2020_2020_2020_2020) ^ word.len() as u64;
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PLACES.trailing_zeros())) as usize
}

/// The statements that a word may name, in any block.
#[must_use]
pub fn statements_named(word: &str) -> &'static [StatementId] {
    let table = table();
    let list = table.places.get(place(word)).copied().unwrap_or(0);
    let Some(names) = usize::from(list).checked_sub(1).and_then(|list| table.names.get(list)) else {
        return &[];
    };
    let found = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
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
