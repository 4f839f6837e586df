//! Which words belong to the dialect and stay, misspelt ones too.

use grammar::STATEMENTS;
use grammar::description::SlotKind;
use grammar::lookup;

/// Whether a word that nothing places is, or is meant to be, a word of the dialect: its finding must stay the same.
pub(super) fn is_of_dialect(word: &str) -> bool {
    if !lookup::statements_named(word).is_empty() {
        return true;
    }
    let keywords = STATEMENTS.iter().flat_map(|desc| {
        let slots = desc.slots.iter().filter(|slot| slot.kind == SlotKind::Keyword).map(|slot| slot.name);
        slots.chain(desc.end.as_ref().map(|end| end.full)).chain([desc.name])
    });
    let mut near = false;
    for keyword in keywords {
        let least = keyword.chars().take_while(|letter| !letter.is_ascii_lowercase()).count();
        let begins = keyword
            .as_bytes()
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
        if begins && word.len() >= least.min(3) {
            return true;
        }
        near |= lookup::nearest(word, [keyword]).is_some();
    }
    near
}
