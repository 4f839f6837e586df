//! `vipa explain`: everything that a name stands for.

use std::collections::BTreeMap;

use grammar::STATEMENTS;
use grammar::description::StatementDesc;
use grammar::lookup::statements_named;
use serde::Serialize;

use super::message::{self, MessageDoc};
use super::parameter::{self, Parameter};
use super::rule::{self, RuleDoc};
use super::statement::{self, StatementDoc};
use super::words::{PROSE, cell, wrapped};

/// What a name stands for.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The name as it was asked for.
    pub name: String,
    /// Statements of that name or abbreviation.
    pub statements: Vec<StatementDoc>,
    /// Rules of that name.
    pub rules: Vec<RuleDoc>,
    /// The message of that id.
    pub messages: Vec<MessageDoc>,
    /// Statements that have a keyword or value of that name, with what it is there.
    pub parameters: Vec<Use>,
}

/// A keyword or value in a statement.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// The statement.
    pub statement: &'static str,
    /// What it is there.
    pub parameter: Parameter,
}

/// Everything that a name stands for, in any case; or names that are like it, nearest first.
///
/// # Errors
/// When nothing bears the name.
pub fn explain(name: &str) -> Result<Explanation, Vec<String>> {
    let lower = name.to_ascii_lowercase();
    let explanation = Explanation {
        name: name.to_owned(),
        statements: named(name).into_iter().map(statement::describe).collect(),
        rules: rule::named(&lower).into_iter().collect(),
        messages: message::named(&name.to_ascii_uppercase()).into_iter().collect(),
        parameters: uses(name),
    };
    if explanation.is_empty() { Err(nearest(name)) } else { Ok(explanation) }
}

/// A full name is that statement alone, even where it is an abbreviation of another.
fn named(name: &str) -> Vec<&'static StatementDesc> {
    let whole: Vec<_> = STATEMENTS.iter().filter(|known| known.name.eq_ignore_ascii_case(name)).collect();
    if whole.is_empty() {
        statements_named(name).iter().filter_map(|id| grammar::lookup::statement(*id)).collect()
    } else {
        whole
    }
}

fn uses(name: &str) -> Vec<Use> {
    let all: Vec<Use> = STATEMENTS
        .iter()
        .flat_map(|owner| {
            parameter::of(owner).into_iter().map(|parameter| Use { statement: owner.name, parameter })
        })
        .filter(|used| fits(name, &used.parameter))
        .collect();
    let whole = |used: &Use| used.parameter.name.eq_ignore_ascii_case(name);
    if all.iter().any(whole) { all.into_iter().filter(whole).collect() } else { all }
}

/// Whether this is the name of a parameter, or an abbreviation that is accepted for it.
fn fits(name: &str, parameter: &Parameter) -> bool {
    let least = match parameter.kind {
        "keyword" => parameter.name.chars().take_while(|letter| !letter.is_ascii_lowercase()).count(),
        _ => parameter.name.len(),
    };
    name.len() >= least
        && parameter.name.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Up to five names that are like a word. A distance counts against the length, since long names are mistyped more.
fn nearest(word: &str) -> Vec<String> {
    // Nobody mistypes a word this long, and the comparison takes time and memory with its length.
    if word.len() > 64 {
        return Vec::new();
    }
    let lower = word.to_ascii_lowercase();
    let mut near: BTreeMap<(usize, String), ()> = BTreeMap::new();
    for name in names() {
        let small = name.to_ascii_lowercase();
        let distance = distance(&lower, &small);
        let begins = lower.len() >= 3 && (small.starts_with(&lower) || lower.starts_with(&small));
        let within = lower.len() >= 4 && small.contains(&lower);
        if distance <= small.chars().count() / 3 {
            near.insert((distance, name), ());
        } else if begins && small.len() >= 3 || within {
            near.insert((100 + small.len(), name), ());
        }
    }
    near.into_keys().map(|(_, name)| name).take(5).collect()
}

/// Every name that can be asked for, once.
fn names() -> Vec<String> {
    let mut all: Vec<String> = STATEMENTS.iter().map(|known| known.name.to_owned()).collect();
    all.extend(rule::all().map(|rule| rule.name.to_owned()));
    all.extend(message::all().map(|message| message.id));
    all.extend(keywords().into_keys());
    all.sort();
    all.dedup();
    all
}

/// Every keyword, with the statements that have it.
fn keywords() -> BTreeMap<String, Vec<&'static str>> {
    let mut all: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for owner in STATEMENTS {
        for parameter in parameter::of(owner) {
            if parameter.kind == "keyword" {
                all.entry(parameter.name.to_ascii_uppercase()).or_default().push(owner.name);
            }
        }
    }
    all
}

/// Letters to insert, leave out, replace or swap with their neighbour to come from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&last, column + 1) + 1)
                .min(at(&line, column) + 1)
                .min(at(&last, column) + usize::from(letter != other));
            let swapped = column > 0
                && row > 0
                && from.get(row - 1) == Some(other)
                && to.get(column - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or(0)
}

impl Explanation {
    fn is_empty(&self) -> bool {
        self.statements.is_empty()
            && self.rules.is_empty()
            && self.messages.is_empty()
            && self.parameters.is_empty()
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts: Vec<String> = self.statements.iter().map(StatementDoc::text).collect();
        parts.extend(self.rules.iter().map(RuleDoc::text));
        parts.extend(self.messages.iter().map(MessageDoc::text));
        if !self.parameters.is_empty() {
            let mut part = format!("{} in statements\n", self.shown());
            for used in &self.parameters {
                let mut line = format!("{} {}", used.statement, used.parameter.name);
                let mut behind: Vec<String> = Vec::new();
                behind.extend(used.parameter.value.as_ref().map(|_| used.parameter.fits()));
                behind.extend(used.parameter.default.map(|default| format!("default {default}")));
                behind.extend(Some(used.parameter.remarks()).filter(|remarks| !remarks.is_empty()));
                if !behind.is_empty() {
                    line.push_str(&format!("  ({})", behind.join("; ")));
                }
                part.push_str(&wrapped(&line, 2, PROSE));
                part.push_str(&wrapped(&used.parameter.meaning, 6, PROSE));
            }
            parts.push(part);
        }
        parts.join("\n")
    }

    /// As pages.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut parts: Vec<String> = self.statements.iter().map(StatementDoc::markdown).collect();
        parts.extend(self.rules.iter().map(RuleDoc::markdown));
        parts.extend(self.messages.iter().map(MessageDoc::markdown));
        if !self.parameters.is_empty() {
            let mut part = format!(
                "# {} in statements\n\n| Statement | Name | Value | Default | Meaning | Remarks |\n\
                 | --- | --- | --- | --- | --- | --- |\n",
                self.shown()
            );
            for used in &self.parameters {
                part.push_str(&format!(
                    "| {} | `{}` | {} | {} | {} | {} |\n",
                    used.statement,
                    used.parameter.name,
                    cell(&used.parameter.fits()),
                    cell(used.parameter.default.unwrap_or_default()),
                    cell(&used.parameter.meaning),
                    cell(&used.parameter.remarks()),
                ));
            }
            parts.push(part);
        }
        parts.join("\n")
    }

    /// The name as the statements have it, or as it was asked for where they differ.
    fn shown(&self) -> String {
        let first = self.parameters.first().map_or("", |used| used.parameter.name);
        let same = self.parameters.iter().all(|used| used.parameter.name.eq_ignore_ascii_case(first));
        let word = if same { first } else { &self.name };
        let value = self.parameters.iter().any(|used| used.parameter.kind != "keyword");
        if value { word.to_owned() } else { word.to_ascii_uppercase() }
    }

    /// One JSON object with a line end behind it.
    ///
    /// # Errors
    /// When a value has no JSON form; an explanation always has one.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

/// Everything that can be asked for, by kind.
#[derive(Clone, Debug, Serialize)]
pub struct Everything {
    /// Names with what they do.
    pub statements: BTreeMap<&'static str, &'static str>,
    /// Names with the statements that have them.
    pub keywords: BTreeMap<String, Vec<&'static str>>,
    /// Names with what they find.
    pub rules: BTreeMap<&'static str, String>,
    /// Ids with the rules and statements that know them.
    pub messages: BTreeMap<String, Vec<&'static str>>,
}

/// Everything that can be asked for.
#[must_use]
pub fn everything() -> Everything {
    Everything {
        statements: STATEMENTS.iter().map(|known| (known.name, known.summary)).collect(),
        keywords: keywords(),
        rules: rule::all().map(|rule| (rule.name, rule.summary)).collect(),
        messages: message::all()
            .map(|message| {
                let known = [message.rules, message.spoken_of, message.statements].concat();
                (message.id, known)
            })
            .collect(),
    }
}

impl Everything {
    /// Kinds, and under each its names with a line of text.
    fn kinds(&self) -> [(&'static str, Vec<(String, String)>); 4] {
        let lists = |map: &BTreeMap<String, Vec<&'static str>>| {
            map.iter().map(|(name, list)| (name.clone(), list.join(", "))).collect::<Vec<_>>()
        };
        [
            (
                "Statements",
                self.statements.iter().map(|(name, line)| ((*name).to_owned(), (*line).to_owned())).collect(),
            ),
            ("Keywords", lists(&self.keywords)),
            ("Rules", self.rules.iter().map(|(name, line)| ((*name).to_owned(), line.clone())).collect()),
            ("Console messages", lists(&self.messages)),
        ]
    }

    /// For a terminal: a name a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        for (kind, names) in self.kinds() {
            let widest = names.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
            let mut part = format!("{kind}\n");
            for (name, line) in names {
                part.push_str(format!("  {name:widest$}  {line}").trim_end());
                part.push('\n');
            }
            parts.push(part);
        }
        parts.join("\n")
    }

    /// As tables.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut parts = Vec::new();
        for (kind, names) in self.kinds() {
            let mut part = format!("# {kind}\n\n| | |\n| --- | --- |\n");
            for (name, line) in names {
                part.push_str(&format!("| `{name}` | {} |\n", cell(&line)));
            }
            parts.push(part);
        }
        parts.join("\n")
    }

    /// One JSON object with a line end behind it.
    ///
    /// # Errors
    /// When a value has no JSON form; these always have one.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}
