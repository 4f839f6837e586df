//! What may stand at a place, for people.

/// How many alternatives a message lists before it says how many more there are.
const LISTED: usize = 8;

/// Alternatives in a row.
pub(super) fn list(words: &[String]) -> String {
    match words {
        [] => "something else".to_owned(),
        [one] => one.clone(),
        [first, second] => format!("{first}{} {second}", or(words)),
        many if many.len() > LISTED + 1 => {
            let shown: Vec<&str> = many.iter().take(LISTED).map(String::as_str).collect();
            format!("{}{} one of {} others", shown.join(", "), or(words), many.len() - LISTED)
        }
        many => {
            let (last, rest) = many.split_last().map_or(("", many), |(last, rest)| (last.as_str(), rest));
            format!("{}{} {last}", rest.join(", "), or(words))
        }
    }
}

/// With a comma where one of the words has one.
fn or(words: &[String]) -> &'static str {
    if words.iter().any(|word| word.contains(", ")) { ", or" } else { " or" }
}

/// Why a keyword of the statement cannot stand where only these may.
pub(super) fn why_not(keyword: &str, expected: &[String]) -> String {
    let required = !expected.is_empty() && expected.iter().all(|word| is_operand(word));
    if required {
        format!("{} is missing in front of {keyword}, or {keyword} belongs further ahead", list(expected))
    } else {
        format!(
            "{keyword} belongs further ahead, to another form of the statement, or excludes something before it"
        )
    }
}

/// An operand in words, and no keyword, END or next statement.
fn is_operand(word: &str) -> bool {
    word.starts_with("a ") || word.starts_with("an ")
}
