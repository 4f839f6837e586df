//! Words that several pages share, and the two kinds of wrapping.

use compiler::finding::{Confidence, Effect};
use compiler::rules::Check;
use grammar::description::{Drops, Support};

/// Width of prose on a terminal.
pub const PROSE: usize = 80;
/// Width of diagrams: that of a profile.
pub const DIAGRAM: usize = 72;

/// The word for a support state.
#[must_use]
pub fn support(support: Support) -> &'static str {
    match support {
        Support::Recognised => "recognised",
        Support::Checked => "checked",
        Support::Modelled => "modelled",
    }
}

/// What a support state means.
#[must_use]
pub fn support_meaning(support: Support) -> &'static str {
    match support {
        Support::Recognised => "known by name and extent only: what stands in it is not looked at",
        Support::Checked => "its keywords, types, ranges and references are checked",
        Support::Modelled => "checked, and what it does is part of the executable model",
    }
}

/// What the stack drops after a mistake.
#[must_use]
pub fn drops(drops: Drops) -> &'static str {
    match drops {
        Drops::Statement => "The whole statement.",
        Drops::Entry => "The entry with the mistake; the others count.",
        Drops::RestOfList => "The entry with the mistake and all behind it.",
        Drops::RestOfBlock => "The statement, and everything behind it in its block.",
        Drops::Block => "The whole block, good entries too.",
        Drops::Unknown => "No source says what it drops.",
    }
}

/// What a real stack does with what a rule finds.
#[must_use]
pub fn effect(effect: Option<Effect>) -> &'static str {
    match effect {
        Some(Effect::StatementIgnored) => "the statement has no effect",
        Some(Effect::EntryIgnored) => "the entry has no effect",
        Some(Effect::KeywordIgnored) => "the keyword has no effect",
        Some(Effect::ValueIgnored) => "the value has no effect",
        Some(Effect::RestOfListIgnored) => "this and all later entries of the list have no effect",
        Some(Effect::RestOfBlockIgnored) => "this and all later statements of the block have no effect",
        Some(Effect::BlockIgnored) => "the whole block has no effect",
        Some(Effect::Accepted) => "taken as it stands",
        None => "depends on the case, or no source says it",
    }
}

/// How sure the sources are.
#[must_use]
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Documented => "documented: a source says so",
        Confidence::Inferred => "inferred from what is documented",
        Confidence::Unconfirmed => "unconfirmed: no source could be read for it",
    }
}

/// What a rule looks at.
#[must_use]
pub fn looks_at(check: &Check) -> &'static str {
    match check {
        Check::Syntax => "the text of a statement",
        Check::Description => "sysplex.toml",
        Check::Fold => "a statement when the stack applies it",
        Check::Stack(_) => "one stack as a whole",
        Check::Cluster(_) | Check::Ports(_) => "all stacks together",
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed<T: AsRef<str>>(words: &[T], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// A paragraph in lines, each with this much in front of it.
#[must_use]
pub fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let front = " ".repeat(indent);
    let mut out = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let size = word.chars().count();
        if used > 0 && indent + used + 1 + size > width {
            out.push('\n');
            used = 0;
        }
        if used == 0 {
            out.push_str(&front);
        } else {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += size;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Text in a cell of a Markdown table.
#[must_use]
pub fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        // A pipe would end the cell, the others would start emphasis or a tag.
        if matches!(letter, '|' | '*' | '<' | '_' | '\\' | '[' | ']') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Whether a text names a word: as it stands, not as a part of another.
#[must_use]
pub fn mentions(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(part) && !behind.is_some_and(part)
    })
}
