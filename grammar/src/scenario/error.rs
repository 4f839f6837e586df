//! What is wrong with a line, in words: the token, what was possible, and the nearest word.

use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};

use super::Span;
use super::read::{LineReader, Rule, ScenarioParser};

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScenarioError {
    /// The word where it stops to make sense; empty and behind the last word when the line is too short.
    pub span: Span,
    /// One line that stands alone.
    pub message: String,
    /// What was possible there: keywords in lower case, sorted, then operands in upper case.
    pub expected: Vec<String>,
    /// The nearest keyword, if one is near.
    pub suggestion: Option<String>,
}

/// The candidate that looks most like `word`, without regard to case; none when nothing is close, or when several are
/// equally close.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_ascii_lowercase();
    let limit = ((word.chars().count() + 1) / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_ascii_lowercase());
        if distance > limit || distance >= candidate.chars().count() {
            continue;
        }
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => tie = true,
            Some(_) | None => {
                best = Some((distance, candidate));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, candidate)| candidate)
}

/// What could follow the text of a line up to the cursor, in the form of [`ScenarioError::expected`]: for completion. A
/// word that the cursor touches is taken as not typed yet.
#[must_use]
pub fn expected_at(before_cursor: &str) -> Vec<String> {
    let keep = before_cursor.trim_end_matches(|c: char| c != ' ' && c != '\t').to_owned();
    // No rule accepts this character, so the parser stops here and tells what it would have taken.
    match ScenarioParser::parse(Rule::line, &format!("{keep}\u{1}")) {
        Ok(_) => Vec::new(),
        Err(error) => expected(&error).into_iter().filter(|word| word != END).collect(),
    }
}

const END: &str = "the end of the line";
/// The calls of a job, in alphabetical order.
const CALLS: [&str; 9] =
    ["bind", "bind2addrsel", "connect", "define", "delete", "listen", "send", "socket", "unlisten"];

/// The keywords that a line can begin with, `=>` among them, and the form of a job's line.
fn beginnings() -> Vec<String> {
    let mut all = expected_at("");
    all.retain(|word| word != "STACK");
    all.push("STACK JOB CALL".to_owned());
    all
}

pub(super) fn explain(line: &LineReader<'_>, error: &Error<Rule>) -> ScenarioError {
    let words: Vec<(usize, &str)> = words(line.text);
    if let Some(wrong) = first_word(line, &words) {
        return wrong;
    }
    if let [_, (at, call), ..] = words.as_slice()
        && CALLS.iter().any(|known| known.eq_ignore_ascii_case(call))
        && words.first().is_some_and(|(_, word)| !is_keyword(word))
        && words.get(2).is_some_and(|(_, word)| !CALLS.iter().any(|known| known.eq_ignore_ascii_case(word)))
    {
        return ScenarioError {
            span: line.span(*at, at + call.len()),
            message: format!("`{call}` wants a job before it: STACK JOB {call} …"),
            expected: vec!["JOB".to_owned()],
            suggestion: None,
        };
    }
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    let at = at.min(line.text.len());
    let rest = line.text.get(at..).unwrap_or("");
    let token = rest.split([' ', '\t', ';']).next().unwrap_or("");
    let begin = line.text.get(..at).unwrap_or("").rfind([' ', '\t', ';']).map_or(0, |blank| blank + 1);
    let word = line.text.get(begin..at + token.len()).unwrap_or("");
    if word.matches(':').count() > 2 && !word.starts_with('[') {
        return ScenarioError {
            span: line.span(begin, at + token.len()),
            message: format!("`{word}` is ambiguous: an IPv6 address with a port is written [ADDRESS]:PORT"),
            expected: vec!["[ADDRESS]:PORT".to_owned()],
            suggestion: None,
        };
    }
    problem(line, at, token, expected(error))
}

fn problem(line: &LineReader<'_>, at: usize, token: &str, expected: Vec<String>) -> ScenarioError {
    if token.is_empty() {
        let end = line.content().1;
        let possible: Vec<String> = expected.into_iter().filter(|word| word != END).collect();
        return ScenarioError {
            span: line.span(end, end),
            message: format!("the line ends too early: expected {}", join_or(&possible)),
            expected: possible,
            suggestion: None,
        };
    }
    let suggestion = nearest(token, expected.iter().map(String::as_str).filter(|word| is_keyword(word)))
        .map(str::to_owned);
    let mut message = format!("`{token}` cannot stand here: expected {}", join_or(&expected));
    if let Some(word) = &suggestion {
        message.push_str(&format!("; did you mean `{word}`?"));
    }
    ScenarioError { span: line.span(at, at + token.len()), message, expected, suggestion }
}

/// A first word that is no keyword may be a stack. It is taken for a mistyped keyword when it is close to one and no
/// call of a job stands where one would, or when it stands alone.
fn first_word(line: &LineReader<'_>, words: &[(usize, &str)]) -> Option<ScenarioError> {
    let (at, first) = words.first().copied()?;
    let expected = beginnings();
    if first.starts_with("=>") || expected.iter().any(|word| word.eq_ignore_ascii_case(first)) {
        return None;
    }
    let call = words.get(2).is_some_and(|(_, word)| nearest(word, CALLS).is_some());
    let keyword = nearest(first, expected.iter().map(String::as_str).filter(|word| is_keyword(word)));
    if call || (keyword.is_none() && words.len() > 1) {
        return None;
    }
    Some(problem(line, at, first, expected))
}

fn is_keyword(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let text = text.split(';').next().unwrap_or("");
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c == ' ' || c == '\t', start) {
            (true, Some(from)) => {
                found.push((from, text.get(from..at).unwrap_or("")));
                start = None;
            }
            (false, None) => start = Some(at),
            (true, None) | (false, Some(_)) => {}
        }
    }
    found
}

fn expected(error: &Error<Rule>) -> Vec<String> {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return Vec::new() };
    let mut keywords = Vec::new();
    let mut operands = Vec::new();
    for rule in positives {
        let name = format!("{rule:?}");
        if let Some(keyword) = name.strip_prefix("k_") {
            keywords.push(keyword.to_owned());
        } else if let Some(operand) = operand(&name) {
            operands.push(operand.to_owned());
        }
    }
    keywords.sort();
    operands.sort();
    operands.dedup();
    keywords.extend(operands);
    keywords
}

/// How an operand is called in messages, as in the contract's tables.
fn operand(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "arrow" => "=>",
        "eq" => "=",
        "stack" => "STACK",
        "system" => "SYSTEM",
        "cpc" => "CPC",
        "job" => "JOB",
        "user" => "USER",
        "name" => "NAME",
        "errno" => "ERRNO",
        "reason" => "REASON",
        "message_id" => "MESSAGE-ID",
        "text" => "TEXT",
        "file" => "FILE",
        "number" => "NUMBER",
        "seconds" => "SECONDS",
        "port" | "ports" => "PORT",
        "mark" => "FIGURE:BLOCK",
        "address" => "ADDRESS",
        "endpoint" | "any" | "host" | "v6" => "ADDRESS:PORT",
        "EOI" => END,
        _ => return None,
    })
}

/// `a`, `a or b`, `a, b or c`; `nothing` for an empty list.
#[must_use]
pub fn join_or(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
