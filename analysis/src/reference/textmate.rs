//! The TextMate grammar of the dialect: colours for editors that ask no server.
//!
//! Statements, keywords and their abbreviations come from the description, so a new keyword is coloured when it is
//! described. The server's semantic tokens know more (which name is an address, which a job) and replace these colours.

use std::collections::BTreeMap;

use grammar::STATEMENTS;
use grammar::description::{KeywordDesc, Node};
use serde_json::{Value, json};

/// Where the grammar belongs, below `docs/`.
pub const PATH: &str = "../lsp/editors/vscode/syntaxes/zos-tcpip.tmLanguage.json";

/// The grammar, as JSON with a line end behind it.
#[must_use]
pub fn grammar() -> String {
    let statements = STATEMENTS.iter().map(|statement| (statement.name, statement.min));
    let mut keywords: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in STATEMENTS {
        collect(&statement.syntax, &mut keywords);
        if let Some(founding) = &statement.founding_syntax {
            collect(founding, &mut keywords);
        }
        if let Some(end) = &statement.end {
            add(*end, &mut keywords);
        }
    }
    let rule = |name: &str, pattern: String| json!({ "name": format!("{name}.zos-tcpip"), "match": pattern });
    let value = json!({
        "name": "z/OS TCP/IP profile",
        "scopeName": "source.zos-tcpip",
        "patterns": [
            json!({
                "name": "comment.line.semicolon.zos-tcpip",
                "begin": "(?<=^|\\s);",
                "end": "$",
                "patterns": [rule("keyword.other.allow", "vipa:\\s*allow(-file)?\\([^)]*\\)".to_owned())],
            }),
            rule("string.quoted.double", "\"[^\"]*\"|'[^']*'".to_owned()),
            rule("variable.other.symbol", "&[A-Za-z@#$_][A-Za-z0-9@#$_]*(\\([0-9:]*\\))?\\.?".to_owned()),
            rule("constant.numeric.address", word("[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?")),
            rule("constant.numeric.address", word("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f.]*(/[0-9]{1,3})?")),
            rule("constant.numeric", word("[0-9]+(-[0-9]+)?[KMkm]?")),
            rule("keyword.control.statement", word(&alternatives(statements))),
            rule("storage.modifier.keyword", word(&alternatives(keywords.iter().map(|(full, min)| (*full, *min))))),
        ],
    });
    pretty(&value)
}

fn pretty(value: &Value) -> String {
    let mut text = format!("{value:#}");
    text.push('\n');
    text
}

/// A whole word of a profile: blanks, the ends of a record or a comment around it.
fn word(pattern: &str) -> String {
    format!("(?i)(?<=^|\\s)(?:{pattern})(?=\\s|;|$)")
}

fn collect(node: &Node, keywords: &mut BTreeMap<&'static str, usize>) {
    match node {
        Node::Keyword(keyword) => add(*keyword, keywords),
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().for_each(|node| collect(node, keywords));
        }
        Node::Optional(node) | Node::Repeat(node, _, _) | Node::Group(_, node) => collect(node, keywords),
        Node::Nothing | Node::Rest(_) | Node::Literal(_, _) | Node::Operand(_, _) => {}
    }
}

/// One spelling for all statements that have the keyword: the shortest abbreviation of any.
fn add(keyword: KeywordDesc, keywords: &mut BTreeMap<&'static str, usize>) {
    let min = keywords.entry(keyword.full).or_insert(keyword.min);
    *min = keyword.min.min(*min);
}

/// Longest first, each with the tails that an abbreviation leaves out.
fn alternatives<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> String {
    let mut words: Vec<(&str, usize)> = words.collect();
    words.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
    let spelt: Vec<String> = words.into_iter().map(|(word, min)| abbreviated(word, min)).collect();
    spelt.join("|")
}

/// `NOAUTOLOG` from 7: `NOAUTOL(?:O(?:G)?)?`.
fn abbreviated(word: &str, min: usize) -> String {
    let mut pattern = String::new();
    let mut open = 0;
    for (place, letter) in word.chars().enumerate() {
        if place >= min.max(1) {
            pattern.push_str("(?:");
            open += 1;
        }
        if !letter.is_ascii_alphanumeric() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    for _ in 0..open {
        pattern.push_str(")?");
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_leaves_out_letters_from_the_end_only() {
        assert_eq!(abbreviated("NOAUTOLOG", 7), "NOAUTOL(?:O(?:G)?)?");
        assert_eq!(abbreviated("HOME", 4), "HOME");
    }

    #[test]
    fn every_statement_has_its_colour() {
        let grammar: Value = serde_json::from_str(&grammar()).expect("JSON");
        let statements = grammar["patterns"][6]["match"].as_str().expect("a pattern");
        for statement in STATEMENTS {
            let spelt = abbreviated(statement.name, statement.min);
            assert!(statements.contains(&spelt), "{spelt}");
        }
    }
}
