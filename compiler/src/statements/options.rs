//! What the statements of options have in common: pairs of words, numbers, and the last one that counts (02:GEN-14, GEN-15).

use grammar::description::Slot;
use grammar::tree::Parts;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::ipconfig::Placed;
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;

/// A pair of words, X and NOX: the one that stands last, with its place.
#[must_use]
pub fn flag(parts: &Parts<'_>, on: Slot, off: Slot, cx: &Read<'_>) -> Option<Placed<bool>> {
    let last = |slot| parts.all(slot).last().map(|word| word.span);
    let (value, span) = match (last(on), last(off)) {
        (Some(on), Some(off)) if off > on => (false, off),
        (Some(on), Some(_) | None) => (true, on),
        (None, Some(off)) => (false, off),
        (None, None) => return None,
    };
    Some(Placed { value, at: cx.at(span) })
}

/// A word that nothing takes back.
#[must_use]
pub fn word(parts: &Parts<'_>, slot: Slot, cx: &Read<'_>) -> Option<Placed<bool>> {
    parts.get(slot).map(|word| Placed { value: true, at: cx.at(word.span) })
}

/// What is coded of several words: each of them in full, or what it stands for.
#[must_use]
pub fn chosen<T: Copy>(parts: &Parts<'_>, words: &[(Slot, T)]) -> Option<T> {
    words.iter().find(|(slot, _)| parts.has(*slot)).map(|(_, word)| *word)
}

/// The last number of a slot, if it fits.
#[must_use]
pub fn number<T: TryFrom<u64>>(parts: &Parts<'_>, slot: Slot, cx: &Read<'_>) -> Option<Placed<T>> {
    let word = parts.all(slot).last()?;
    let value = T::try_from(word.number()?).ok()?;
    Some(Placed { value, at: cx.at(word.span) })
}

/// Where a word is in force.
#[must_use]
pub fn on(flag: Option<Placed<bool>>) -> Option<At> {
    flag.filter(|flag| flag.value).map(|flag| flag.at)
}

/// Where the opposite of a word is in force.
#[must_use]
pub fn off(flag: Option<Placed<bool>>) -> Option<At> {
    flag.filter(|flag| !flag.value).map(|flag| flag.at)
}

/// Writes a place as no more than that the word stands there.
///
/// # Errors
/// None of its own.
pub fn there<S: Serializer>(place: &Option<At>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(place.is_some())
}

/// Whether a statement has changed what the stack holds. On a running stack only values count, not where they stand.
#[must_use]
pub fn differ<T: PartialEq + Serialize>(before: &T, after: &T, phase: Phase) -> bool {
    before != after
        && match phase {
            Phase::Initial => true,
            Phase::Obey => meaning(before) != meaning(after),
        }
}

/// A value without the places in it.
fn meaning<T: Serialize>(value: &T) -> Value {
    let mut json = serde_json::to_value(value).unwrap_or(Value::Null);
    forget_places(&mut json);
    json
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(forget_places),
        Value::Array(list) => list.iter_mut().for_each(forget_places),
        Value::String(text) if text.starts_with(At::MARK) => text.clear(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Notes that a statement of options was taken.
pub fn taken(changed: bool, what: &str, cx: &mut Apply<'_>) {
    let kind = match (changed, cx.phase) {
        (false, _) => Kind::Unchanged,
        (true, Phase::Initial) => Kind::Added,
        (true, Phase::Obey) => Kind::Replaced,
    };
    cx.change(cx.at, kind, what);
}
