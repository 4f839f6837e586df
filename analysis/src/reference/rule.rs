//! A rule: its description and documentation, as data, as a Markdown page and as text for a terminal.

use compiler::description::PRESETS;
use compiler::rules::{Check, RULES, Rule};
use grammar::STATEMENTS;
use serde::Serialize;

use super::words::{PROSE, confidence, effect, looks_at, mentions, wrapped};

/// Headings that the documentation of every rule has, in this order; an example may stand before the third.
pub const HEADINGS: [&str; 4] = ["What it finds", "Why it hurts", "How to mend it", "Source"];

/// A rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleDoc {
    /// `rule`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its level.
    pub level: &'static str,
    /// The presets that it is in.
    pub presets: Vec<&'static str>,
    /// Message of a real stack, where a source ties it to the case.
    pub message_id: Option<&'static str>,
    /// What a real stack does, in words.
    pub effect: &'static str,
    /// How sure the sources are, in words.
    pub confidence: &'static str,
    /// What it looks at, in words.
    pub looks_at: &'static str,
    /// What it finds, in one line.
    pub summary: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Statements that the documentation names.
    pub statements: Vec<&'static str>,
}

/// Every rule, by name.
pub fn all() -> impl Iterator<Item = RuleDoc> {
    RULES.iter().map(|(rule, docs)| describe(rule, docs))
}

/// The rule of this name.
#[must_use]
pub fn named(name: &str) -> Option<RuleDoc> {
    compiler::rules::rule(name).map(|(rule, docs)| describe(rule, docs))
}

/// Rules of each kind, in the order in which a compilation comes to them.
#[must_use]
pub fn by_kind() -> Vec<(&'static str, Vec<RuleDoc>)> {
    let of = |wanted: fn(&Check) -> bool| {
        RULES
            .iter()
            .filter(|(rule, _)| wanted(&rule.check))
            .map(|(rule, docs)| describe(rule, docs))
            .collect::<Vec<_>>()
    };
    vec![
        ("The description of the sysplex", of(|check| matches!(check, Check::Description))),
        ("The text of a statement", of(|check| matches!(check, Check::Syntax))),
        ("A statement when the stack applies it", of(|check| matches!(check, Check::Fold))),
        ("One stack as a whole", of(|check| matches!(check, Check::Stack(_)))),
        ("All stacks together", of(|check| matches!(check, Check::Cluster(_) | Check::Ports(_)))),
    ]
}

fn describe(rule: &'static Rule, docs: &str) -> RuleDoc {
    RuleDoc {
        kind: "rule",
        name: rule.name,
        level: rule.level.word(),
        presets: PRESETS
            .iter()
            .filter(|(_, preset)| compiler::rules::is_in(rule.name, *preset))
            .map(|(name, _)| *name)
            .collect(),
        message_id: rule.message_id,
        effect: effect(rule.effect),
        confidence: confidence(rule.confidence),
        looks_at: looks_at(&rule.check),
        summary: section(docs, "What it finds").map(|text| first_sentence(&text)).unwrap_or_default(),
        docs: format!("{}\n", docs.trim_end()),
        statements: STATEMENTS
            .iter()
            .map(|statement| statement.name)
            .filter(|name| mentions(docs, name))
            .collect(),
    }
}

/// The text under a heading of a rule's documentation, without the heading.
#[must_use]
pub fn section(docs: &str, heading: &str) -> Option<String> {
    let mut lines = docs.lines().skip_while(|line| line.strip_prefix("## ") != Some(heading));
    lines.next()?;
    let text: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    Some(text.join("\n").trim().to_owned())
}

/// The fenced profiles of a rule's documentation.
#[must_use]
pub fn examples(docs: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "```profile" {
            let text: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
            out.push(text.join("\n") + "\n");
        }
    }
    out
}

fn first_sentence(text: &str) -> String {
    let line = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match line.match_indices(". ").next() {
        Some((at, _)) => line.get(..=at).unwrap_or_default().to_owned(),
        None => line,
    }
}

impl RuleDoc {
    /// What it finds, in one line.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut out = vec![("Level", self.level.to_owned()), ("Looks at", self.looks_at.to_owned())];
        if self.presets.len() < PRESETS.len() {
            out.push(("In the presets", self.presets.join(", ")));
        }
        out.extend(self.message_id.map(|id| ("Message of the stack", id.to_owned())));
        out.push(("What the stack does", self.effect.to_owned()));
        out.push(("Confidence", self.confidence.to_owned()));
        out
    }

    /// The page.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n| | |\n| --- | --- |\n", self.name);
        for (what, text) in self.facts() {
            out.push_str(&format!("| {what} | {text} |\n"));
        }
        out.push_str(&format!("\n{}", self.docs));
        if !self.statements.is_empty() {
            let links: Vec<String> = self
                .statements
                .iter()
                .map(|name| format!("[{name}](../reference/{}.md)", name.to_ascii_lowercase()))
                .collect();
            out.push_str(&format!("\n## Statements\n{}\n", links.join(", ")));
        }
        out
    }

    /// The same for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{} (rule)\n", self.name);
        for (what, text) in self.facts() {
            out.push_str(&wrapped(&format!("{what}: {text}"), 2, PROSE));
        }
        let (mut code, mut paragraph) = (false, String::new());
        for line in self.docs.lines() {
            if line.starts_with("```") {
                code = !code;
            } else if code {
                out.push_str(&format!("    {line}\n"));
            } else if let Some(heading) = line.strip_prefix("## ") {
                out.push_str(&wrapped(&std::mem::take(&mut paragraph), 2, PROSE));
                out.push_str(&format!("\n{heading}\n"));
            } else if line.is_empty() {
                out.push_str(&wrapped(&std::mem::take(&mut paragraph), 2, PROSE));
            } else {
                paragraph.push_str(line);
                paragraph.push(' ');
            }
        }
        out.push_str(&wrapped(&paragraph, 2, PROSE));
        if !self.statements.is_empty() {
            out.push_str(&format!("\nStatements\n{}", wrapped(&self.statements.join(", "), 2, PROSE)));
        }
        out
    }
}
