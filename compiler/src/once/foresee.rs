//! What can be told of a text before it is read: which data sets it may INCLUDE, and which rules its comments may allow.

use std::collections::BTreeMap;

use crate::symbols;

/// So many bytes in one step.
const STEP: usize = 64;

/// The operands of what may be INCLUDEs in a text, as the compiler looks them up: more than there are, where a comment speaks of one.
pub(crate) fn included(text: &str, values: &BTreeMap<String, String>) -> Vec<String> {
    const WORD: &[u8] = b"INCLUDE";
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut next = 0;
    while let Some(pair) = pair(bytes, next) {
        next = pair + 1;
        let Some(start) = pair.checked_sub(2) else { continue };
        let is = bytes.get(start..start + WORD.len()).is_some_and(|word| word.eq_ignore_ascii_case(WORD));
        if !is {
            continue;
        }
        let mut rest = text.get(start + WORD.len()..).unwrap_or("");
        // Comments may stand between the word and its operand.
        while let Some(behind) = rest.trim_start().strip_prefix(';') {
            rest = behind.split_once('\n').map_or("", |(_, rest)| rest);
        }
        let operand = rest.split_whitespace().next().unwrap_or("");
        let operand = operand.split(';').next().unwrap_or("");
        let (operand, ..) = symbols::resolve(operand, values);
        found.push(operand.to_ascii_uppercase().trim_matches('\'').to_owned());
    }
    found
}

/// The next C with an L behind it: two letters that hardly ever stand beside each other in a profile. Many bytes are looked at in one step.
fn pair(bytes: &[u8], from: usize) -> Option<usize> {
    let is = |(one, two): (&u8, &u8)| (one | 0x20 == b'c') & (two | 0x20 == b'l');
    let (first, second) = (bytes.get(from..)?, bytes.get(from + 1..)?);
    let blocks = first.chunks(STEP).zip(second.chunks(STEP));
    for (number, (first, second)) in blocks.enumerate() {
        if first.iter().zip(second).fold(false, |any, pair| any | is(pair)) {
            let found = first.iter().zip(second).position(is)?;
            return Some(from + number * STEP + found);
        }
    }
    None
}

/// Words in comments that allow something: the names of rules are among them.
pub(crate) fn allowed(text: &str) -> impl Iterator<Item = &str> {
    let found = memchr::memmem::find_iter(text.as_bytes(), "vipa:");
    let orders = found.filter_map(|at| text.get(at..)?.split('\n').next());
    orders.flat_map(|order| order.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_include_is_foreseen() {
        let values = BTreeMap::from([("SYS".to_owned(), "A1".to_owned())]);
        let text = "PORT 21 TCP X ; include a.b\nInclude 'net.&sys..x' INCLUDE ; why\n; not yet\n  C.D(E);e\nXINCLUDE F\nINCLUDE";
        assert_eq!(included(text, &values), ["A.B", "NET.A1.X", "C.D(E)", "F", ""]);
    }

    #[test]
    fn rules_that_comments_allow_are_foreseen() {
        let text = "; vipa: allow(some-rule, other) why\nX ; vipa: allow-file(third)";
        let words: Vec<&str> = allowed(text).collect();
        for rule in ["some-rule", "other", "third"] {
            assert!(words.contains(&rule), "{words:?}");
        }
    }
}
