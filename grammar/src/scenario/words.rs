//! The words of a line and what each is, for colours: the grammar knows better than any list of keywords.

use pest::Parser as _;

use super::read::{Rule, ScenarioParser, index};

/// What a word of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// A word of the language.
    Keyword,
    /// `=>` or `=`.
    Sign,
    /// A stack, a system or a CPC.
    Place,
    /// A job.
    Job,
    /// A name that the scenario gives to a socket or connection, or another name.
    Name,
    /// An address, in an endpoint without its port.
    Address,
    /// A port, a range of ports or another number.
    Number,
    /// A file, a reason, the text of a message, a mark of a figure.
    Text,
    /// From `;` to the end of the line.
    Comment,
}

/// The words of one line, each with its first byte and the byte behind its last, in order. Of a line that cannot be read
/// only the comment.
#[must_use]
pub fn words(line: &str) -> Vec<(WordKind, u32, u32)> {
    let mut found = Vec::new();
    if let Ok(pairs) = ScenarioParser::parse(Rule::line, line) {
        for pair in pairs.flatten() {
            let (span, text) = (pair.as_span(), pair.as_str().trim_end());
            if let Some(kind) = kind(pair.as_rule()) {
                found.push((kind, index(span.start()), index(span.start() + text.len())));
            }
        }
    } else if let Some(at) = line.find(';') {
        found.push((WordKind::Comment, index(at), index(line.len())));
    }
    found
}

#[allow(clippy::wildcard_enum_match_arm, reason = "Rule is pest's list of rules")]
fn kind(rule: Rule) -> Option<WordKind> {
    Some(match rule {
        Rule::comment => WordKind::Comment,
        Rule::arrow | Rule::eq => WordKind::Sign,
        Rule::stack | Rule::system | Rule::cpc => WordKind::Place,
        Rule::job => WordKind::Job,
        Rule::name | Rule::user | Rule::errno | Rule::message_id => WordKind::Name,
        Rule::address | Rule::any | Rule::host | Rule::v6 => WordKind::Address,
        Rule::number | Rule::asid | Rule::seconds | Rule::port | Rule::ports => WordKind::Number,
        Rule::file | Rule::reason | Rule::text | Rule::mark => WordKind::Text,
        _ if format!("{rule:?}").starts_with("k_") => WordKind::Keyword,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[(WordKind, &str)]) {
        let found: Vec<(WordKind, &str)> = words(line)
            .into_iter()
            .map(|(kind, start, end)| (kind, line.get(start as usize..end as usize).unwrap()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_word_has_its_kind() {
        use WordKind::{Address, Comment, Job, Keyword, Name, Number, Place, Sign, Text};
        check(
            "  TCPIP1 START bind [2001:db8::1]:80 as s1 ; why",
            &[
                (Place, "TCPIP1"),
                (Job, "START"),
                (Keyword, "bind"),
                (Address, "2001:db8::1"),
                (Number, "80"),
                (Keyword, "as"),
                (Name, "s1"),
                (Comment, "; why"),
            ],
        );
        check(
            "=> source DVA1 via F7:755",
            &[(Sign, "=>"), (Keyword, "source"), (Address, "DVA1"), (Keyword, "via"), (Text, "F7:755")],
        );
        check(
            "expect owner 203.0.113.1 = none",
            &[
                (Keyword, "expect"),
                (Keyword, "owner"),
                (Address, "203.0.113.1"),
                (Sign, "="),
                (Keyword, "none"),
            ],
        );
        check("strat TCPIP1 ; a slip", &[(Comment, "; a slip")]);
        check("", &[]);
    }
}
