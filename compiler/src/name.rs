//! Names of devices, links, interfaces and jobs: short ones are kept where they stand, as a stack can have many thousands of them.

use grammar::tree::Word;

/// A name.
pub type Name = ecow::EcoString;

/// A word folded to upper case, as the stack does.
#[must_use]
pub fn upper(word: Word<'_>) -> Name {
    let text = word.text();
    let folded = !text.bytes().any(|letter| letter.is_ascii_lowercase());
    if folded { Name::from(text) } else { Name::from(text.to_ascii_uppercase()) }
}
