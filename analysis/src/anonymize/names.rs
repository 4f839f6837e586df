//! Names to other names of the same length: letter by letter, so that patterns such as `WEB*` go on to fit.

use std::collections::BTreeMap;

/// Letters in the order in which they are given out. Those in front make no words.
const LETTERS: &str = "QXZJKVWYBDFGHLMNPRSTCAEIOU@#$";

/// Names that mean something to the stack, and those of the daemons that rules look for.
const KEPT: [&str; 3] = ["OMVS", "OMPROUTE", "PAGENT"];

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// One table for every letter of every name, where names are put together of parts in any order.
    flat: bool,
    /// What stands behind the same beginning: old letter to new letter.
    nodes: BTreeMap<String, BTreeMap<char, char>>,
}

impl Names {
    pub fn new(flat: bool) -> Self {
        Self { flat, nodes: BTreeMap::new() }
    }

    /// A name, or a word with names in it. Digits and everything else that is no letter stay.
    pub fn word(&mut self, word: &str) -> String {
        if KEPT.iter().any(|kept| word.eq_ignore_ascii_case(kept)) || is_xcf_default(word) {
            return word.to_owned();
        }
        let mut before = String::new();
        let mut out = String::with_capacity(word.len());
        let mut symbol = false;
        for letter in word.chars() {
            // A symbol stays; what it stands for gets another name.
            symbol = letter == '&' || (symbol && (letter.is_ascii_alphanumeric() || "_@#$".contains(letter)));
            let upper = letter.to_ascii_uppercase();
            let new = if symbol || !(upper.is_ascii_uppercase() || matches!(upper, '@' | '#' | '$')) {
                letter
            } else {
                let new = self.letter(&before, upper);
                if letter.is_ascii_lowercase() { new.to_ascii_lowercase() } else { new }
            };
            out.push(new);
            if !self.flat {
                before.push(upper);
            }
        }
        out
    }

    /// Words with dots or other marks between them: data sets, host names.
    pub fn dotted(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for part in text.split_inclusive(|letter: char| !is_in_name(letter)) {
            let word = part.trim_end_matches(|letter: char| !is_in_name(letter));
            out.push_str(&self.word(word));
            out.push_str(part.get(word.len()..).unwrap_or(""));
        }
        out
    }

    fn letter(&mut self, before: &str, letter: char) -> char {
        let node = self.nodes.entry(before.to_owned()).or_default();
        let next = LETTERS.chars().nth(node.len()).unwrap_or('Q');
        *node.entry(letter).or_insert(next)
    }
}

fn is_in_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '@' | '#' | '$' | '*' | '?' | '&')
}

/// The group that stacks join when nobody says another.
fn is_xcf_default(word: &str) -> bool {
    word.eq_ignore_ascii_case(compiler::description::DEFAULT_XCF_GROUP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_stay_common() {
        let mut names = Names::new(false);
        assert_eq!(names.word("CICSORD1"), "QQQQQQQ1");
        assert_eq!(names.word("CICSORD*"), "QQQQQQQ*");
        assert_eq!(names.word("cicspay2"), "qqqqxqq2");
        assert_eq!(names.word("WEB"), "XQQ");
        assert_eq!(names.word("OMVS"), "OMVS");
        assert_eq!(names.dotted("CICS.WEB(A1)"), "QQQQ.XQQ(Z1)");
        assert_eq!(names.word("CICS&SYSCLONE."), "QQQQ&SYSCLONE.");
    }

    #[test]
    fn one_table_for_all() {
        let mut names = Names::new(true);
        assert_eq!((names.word("ABBA").as_str(), names.word("BAB")), ("QXXQ", "XQX".to_owned()));
    }
}
