//! Statement names by every accepted abbreviation.

use std::sync::OnceLock;

use crate::STATEMENTS;
use crate::description::{KeywordDesc, StatementDesc, StatementId};

/// Longest name of a statement, and a byte more.
const LONGEST: usize = 32;

/// Names of one initial letter and length, each with the statements that accept it.
type Names = Vec<(&'static str, Vec<StatementId>)>;

/// Names and abbreviations, upper case, with the statements that accept them, by initial letter and length: of most words nothing has to be compared.
fn table() -> &'static [Names] {
    static TABLE: OnceLock<Vec<Names>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Vec<Names> = vec![Names::new(); 256 * LONGEST];
        for statement in STATEMENTS {
            for length in statement.min..=statement.name.len() {
                let Some(short) = statement.name.get(..length) else { continue };
                let Some(place) = place(short).and_then(|place| table.get_mut(place)) else { continue };
                match place.iter_mut().find(|(known, _)| *known == short) {
                    Some((_, ids)) => ids.push(statement.id),
                    None => place.push((short, vec![statement.id])),
                }
            }
        }
        table
    })
}

/// Where in the table a word would stand.
fn place(word: &str) -> Option<usize> {
    let initial = word.as_bytes().first()?.to_ascii_uppercase();
    (word.len() < LONGEST).then(|| usize::from(initial) * LONGEST + word.len())
}

/// The statements that a word may name, in any block.
#[must_use]
pub fn statements_named(word: &str) -> &'static [StatementId] {
    let known = place(word).and_then(|place| table().get(place)).map_or(&[][..], Vec::as_slice);
    let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
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
