//! Words that several formats share.

use std::borrow::Cow;

use compiler::finding::{Effect, Finding};

/// What a real stack does next, as a clause.
#[must_use]
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::StatementIgnored => "the statement is ignored",
        Effect::EntryIgnored => "this entry is ignored",
        Effect::KeywordIgnored => "the keyword is ignored",
        Effect::ValueIgnored => "the value is ignored",
        Effect::RestOfListIgnored => "this and the rest of the list are ignored",
        Effect::RestOfBlockIgnored => "this and the rest of the block are ignored",
        Effect::BlockIgnored => "the whole block is ignored",
        Effect::Accepted => "taken as it stands",
    }
}

/// Which stacks it concerns, and what they say and do: `stack TCPIP1: EZZ0318I; the statement is ignored`.
#[must_use]
pub fn stack_says(finding: &Finding) -> Option<String> {
    let whose = match finding.stacks.as_slice() {
        [] => "stack".to_owned(),
        [only] => format!("stack {only}"),
        several => format!("stacks {}", stacks(several)),
    };
    match (finding.message_id, finding.effect) {
        (Some(id), Some(does)) => Some(format!("{whose}: {id}; {}", effect(does))),
        (Some(id), None) => Some(format!("{whose}: {id}")),
        (None, Some(does)) => Some(format!("{whose}: {}", effect(does))),
        (None, None) if finding.stacks.is_empty() => None,
        (None, None) => Some(whose),
    }
}

/// `1 file`, `2 files`; `info` has no plural.
#[must_use]
pub fn count(number: usize, word: &str) -> String {
    if number == 1 || word == "info" { format!("{number} {word}") } else { format!("{number} {word}s") }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Names of stacks for a line: the first few, and how many more.
#[must_use]
pub fn stacks(names: &[String]) -> String {
    const SHOWN: usize = 6;
    match names.get(..SHOWN) {
        Some(first) if names.len() > SHOWN + 1 => {
            format!("{} and {} more", first.join(", "), names.len() - SHOWN)
        }
        _ => list(names),
    }
}

/// Text without control characters: what stands in a file must not be able to steer a terminal, or break a line in two.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        Cow::Owned(text.chars().map(|one| if one.is_control() { '\u{fffd}' } else { one }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Where the rule is documented. None until the package names its home.
#[must_use]
pub fn rule_url(rule: &str) -> Option<String> {
    let home = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/');
    (!home.is_empty()).then(|| format!("{home}/blob/main/docs/rules/{rule}.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        let many: Vec<String> = (1..=9).map(|number| format!("TCPIP{number}")).collect();
        assert_eq!(stacks(&many), "TCPIP1, TCPIP2, TCPIP3, TCPIP4, TCPIP5, TCPIP6 and 3 more");
        assert_eq!(stacks(&many[..7]), "TCPIP1, TCPIP2, TCPIP3, TCPIP4, TCPIP5, TCPIP6 and TCPIP7");
        assert_eq!((count(1, "file"), count(2, "info")), ("1 file".to_owned(), "2 info".to_owned()));
    }
}
