//! The statements that a mistake costs, in words.

use grammar::tree::StmtView;

/// How many lost statements a note names before it says how many more there are.
const NAMED: usize = 6;

/// Statements that a mistake costs, in one line; `all` is how many they are.
pub fn list(titles: impl Iterator<Item = String>, all: usize) -> String {
    let shown: Vec<String> = titles.take(NAMED).collect();
    match all.saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A statement with what it is about: "VIPADEFINE 192.0.2.1 192.0.2.2", of VIPADISTRIBUTE the DVIPA alone.
pub fn title(view: &StmtView<'_>) -> String {
    let is_address =
        |text: &str| grammar::values::ip(text).is_some() && grammar::values::mask(text).is_none();
    let most = if view.name() == "VIPADISTRIBUTE" { 1 } else { 3 };
    let addresses = view.parts.tokens().map(|(_, word)| word.text()).filter(|text| is_address(text));
    let words: Vec<&str> = std::iter::once(view.name()).chain(addresses.take(most)).collect();
    words.join(" ")
}
