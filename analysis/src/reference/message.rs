//! Console messages: which statement gives them in the compiler's reading, and which rule speaks of them.

use std::collections::BTreeSet;

use compiler::statements::SAID;
use serde::Serialize;

use super::rule;
use super::words::{PROSE, cell, mentions, wrapped};

/// A message of the console.
#[derive(Clone, Debug, Serialize)]
pub struct MessageDoc {
    /// `message`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// In our own words, where the compiler has some.
    pub wordings: Vec<&'static str>,
    /// Statements that can give it when a stack applies them.
    pub statements: Vec<&'static str>,
    /// Rules whose findings carry it.
    pub rules: Vec<&'static str>,
    /// Rules whose documentation speaks of it.
    pub spoken_of: Vec<&'static str>,
}

/// Whether a word has the form of a message id: `EZZ8307I`.
#[must_use]
pub fn is_id(word: &str) -> bool {
    let bytes = word.as_bytes();
    let all = |from: usize, to: usize, fits: fn(&u8) -> bool| {
        bytes.get(from..to).is_some_and(|part| part.iter().all(fits))
    };
    bytes.len() == 8
        && all(0, 3, u8::is_ascii_alphabetic)
        && all(3, 7, u8::is_ascii_digit)
        && all(7, 8, u8::is_ascii_alphabetic)
}

/// Every message that is known, by id.
pub fn all() -> impl Iterator<Item = MessageDoc> {
    let mut ids: BTreeSet<String> = SAID.iter().map(|(id, ..)| (*id).to_owned()).collect();
    for rule in rule::all() {
        ids.extend(rule.message_id.map(str::to_owned));
        ids.extend(
            rule.docs
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .filter(|word| is_id(word))
                .map(str::to_owned),
        );
    }
    ids.into_iter().filter_map(|id| named(&id))
}

/// The message of this id.
#[must_use]
pub fn named(id: &str) -> Option<MessageDoc> {
    if !is_id(id) {
        return None;
    }
    let said = || SAID.iter().filter(|(known, ..)| *known == id);
    let sorted = |words: BTreeSet<&'static str>| words.into_iter().collect::<Vec<_>>();
    let rules: Vec<&str> =
        rule::all().filter(|rule| rule.message_id == Some(id)).map(|rule| rule.name).collect();
    let doc = MessageDoc {
        kind: "message",
        id: id.to_owned(),
        wordings: sorted(
            said().map(|(_, wording, _)| *wording).filter(|wording| !wording.is_empty()).collect(),
        ),
        statements: sorted(said().map(|(.., statement)| *statement).collect()),
        spoken_of: rule::all()
            .filter(|rule| mentions(&rule.docs, id) && !rules.contains(&rule.name))
            .map(|rule| rule.name)
            .collect(),
        rules,
    };
    let known = !(doc.statements.is_empty() && doc.rules.is_empty() && doc.spoken_of.is_empty());
    known.then_some(doc)
}

impl MessageDoc {
    /// What is known, a heading and what stands under it.
    fn facts(&self) -> Vec<(&'static str, Vec<String>)> {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let mut out = vec![
            ("In our words", owned(&self.wordings)),
            ("Given by", owned(&self.statements)),
            ("Carried by the findings of", owned(&self.rules)),
            ("Named in the documentation of", owned(&self.spoken_of)),
        ];
        out.retain(|(_, words)| !words.is_empty());
        out
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{} (console message)\n", self.id);
        for (what, words) in self.facts() {
            out.push_str(&wrapped(&format!("{what}: {}", words.join(", ")), 2, PROSE));
        }
        out
    }

    /// For a page of its own.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n| | |\n| --- | --- |\n", self.id);
        for (what, words) in self.facts() {
            out.push_str(&format!("| {what} | {} |\n", cell(&words.join(", "))));
        }
        out
    }
}
