//! A statement: what its description says, as data, as a Markdown page and as text for a terminal.

use grammar::STATEMENTS;
use grammar::description::StatementDesc;
use serde::Serialize;

use super::parameter::{Parameter, of, releases, some};
use super::rule::{self, RuleDoc};
use super::words::{DIAGRAM, PROSE, cell, drops, listed, mentions, support, support_meaning, wrapped};
use super::{notation, shape, svg};

/// A statement.
#[derive(Clone, Debug, Serialize)]
pub struct StatementDoc {
    /// `statement`.
    pub kind: &'static str,
    /// Full name, upper case.
    pub name: &'static str,
    /// Shortest abbreviation, upper case.
    pub abbreviation: &'static str,
    /// One line.
    pub summary: &'static str,
    /// The diagram as text.
    pub diagram: String,
    /// The diagram of the founding documents, where theirs differs.
    pub founding_diagram: Option<String>,
    /// The file that it belongs to when that is not the profile.
    pub belongs_to: Option<&'static str>,
    /// Blocks it stands in; empty for the top level.
    pub stands_in: Vec<&'static str>,
    /// True when the founding documents write it outside its block too.
    pub founding_top: bool,
    /// True when only the founding documents have it.
    pub founding: bool,
    /// Statements that stand in it.
    pub holds: Vec<&'static str>,
    /// The keyword that closes it; without one, the next statement does.
    pub closed_by: Option<&'static str>,
    /// First release that has it.
    pub since: Option<&'static str>,
    /// First release without it.
    pub until: Option<&'static str>,
    /// What to write instead.
    pub instead: Option<&'static str>,
    /// `recognised`, `checked` or `modelled`.
    pub support: &'static str,
    /// In words.
    pub obeyfile: &'static str,
    /// In words.
    pub drops: &'static str,
    /// Everything in it that has a name, in the order of the diagram.
    pub parameters: Vec<Parameter>,
    /// Rules whose documentation names it.
    pub rules: Vec<&'static str>,
    /// Facts it rests on.
    pub sources: Vec<&'static str>,
    #[serde(skip)]
    support_meaning: &'static str,
    /// Titles of the pictures of its diagram.
    #[serde(skip)]
    pictures: Vec<String>,
    /// False when no source confirms its form as a whole.
    pub confirmed: bool,
}

/// What is known of a statement.
#[must_use]
pub fn describe(statement: &'static StatementDesc) -> StatementDoc {
    let diagram = |diagram: &shape::Diagram| notation::draw(diagram, DIAGRAM);
    StatementDoc {
        kind: "statement",
        name: statement.name,
        abbreviation: statement.name.get(..statement.min).unwrap_or(statement.name),
        summary: statement.summary,
        diagram: diagram(&shape::diagram(statement)),
        founding_diagram: shape::founding_diagram(statement).as_ref().map(diagram),
        belongs_to: some(statement.belongs),
        stands_in: statement.blocks.to_vec(),
        founding_top: statement.founding_top,
        founding: statement.founding,
        holds: shape::children(statement.name).iter().map(|child| child.name).collect(),
        closed_by: statement.end.map(|end| end.full),
        since: some(statement.since),
        until: some(statement.until),
        instead: some(statement.instead),
        support: support(statement.support),
        obeyfile: statement.obeyfile,
        drops: drops(statement.drops),
        parameters: of(statement),
        rules: rule::all()
            .filter(|rule| mentions(&rule.docs, statement.name))
            .map(|rule| rule.name)
            .collect(),
        sources: statement.sources.split_whitespace().collect(),
        support_meaning: support_meaning(statement.support),
        pictures: svg::pictures(&shape::diagram(statement), statement.name, "")
            .into_iter()
            .map(|picture| picture.title)
            .collect(),
        confirmed: !statement.unconfirmed,
    }
}

/// Every statement, by name.
pub fn all() -> impl Iterator<Item = StatementDoc> {
    STATEMENTS.iter().map(describe)
}

impl StatementDoc {
    /// File name of its page, without ending.
    #[must_use]
    pub fn file(&self) -> String {
        self.name.to_ascii_lowercase()
    }

    /// What is known beside the diagram: headings with a line each.
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        if self.abbreviation.len() < self.name.len() {
            out.push(("Abbreviation", self.abbreviation.to_owned()));
        }
        let place = match (self.belongs_to, self.stands_in.as_slice()) {
            (Some(file), _) => format!("In {file}, not in a profile."),
            (None, []) => "At the top level of a profile.".to_owned(),
            (None, blocks) if self.founding_top => {
                format!("In {}; in the founding documents outside of it too.", listed(blocks, "or"))
            }
            (None, blocks) => format!("In {}.", listed(blocks, "or")),
        };
        out.push(("Stands", place));
        if !self.holds.is_empty() {
            out.push(("Holds", listed(&self.holds, "and")));
        }
        if let Some(end) = self.closed_by {
            out.push(("Closed by", end.to_owned()));
        } else if self.belongs_to.is_none() {
            out.push(("Closed by", "The next statement.".to_owned()));
        }
        let mut history = releases(self.since, self.until, self.instead);
        if self.founding {
            history.insert(0, "founding documents only".to_owned());
        }
        if !history.is_empty() {
            out.push(("Releases", history.join("; ")));
        }
        if !self.obeyfile.is_empty() {
            out.push(("OBEYFILE", self.obeyfile.to_owned()));
        }
        if self.belongs_to.is_none() {
            out.push(("After a mistake the stack drops", self.drops.to_owned()));
        }
        out.push(("Support", format!("{}: {}.", self.support, self.support_meaning)));
        if !self.confirmed {
            let line = "No source confirms its form as a whole; a mistake in it is a warning.";
            out.push(("Sure", line.to_owned()));
        }
        out
    }

    /// The page.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n\n## Syntax\n\n", self.name, self.summary);
        for (number, title) in self.pictures.iter().enumerate() {
            if number > 0 {
                out.push_str(&format!("{title}:\n\n"));
            }
            let picture = picture_file(&self.file(), number);
            out.push_str(&format!("![Syntax diagram of {title}](diagrams/{picture})\n\n"));
        }
        out.push_str(&format!("```text\n{}```\n\n", self.diagram));
        if let Some(diagram) = &self.founding_diagram {
            out.push_str(&format!(
                "In the founding documents:\n\n![Syntax diagram of {0} in the founding documents](diagrams/{1}-founding.svg)\n\n\
                 ```text\n{diagram}```\n\n",
                self.name,
                self.file()
            ));
        }
        out.push_str("[How to read a diagram](README.md#how-to-read-a-diagram)\n\n## In short\n\n| | |\n| --- | --- |\n");
        for (what, text) in self.facts() {
            out.push_str(&format!("| {what} | {} |\n", linked(&cell(&text), self.name)));
        }
        if !self.parameters.is_empty() {
            out.push_str("\n## Parameters\n\n| Name | Value | Default | Meaning | Remarks |\n| --- | --- | --- | --- | --- |\n");
            for part in &self.parameters {
                out.push_str(&format!(
                    "| `{}` | {} | {} | {} | {} |\n",
                    part.name,
                    cell(&part.fits()),
                    cell(part.default.unwrap_or_default()),
                    cell(&part.meaning),
                    cell(&part.remarks()),
                ));
            }
        }
        if !self.rules.is_empty() {
            out.push_str("\n## Rules that name it\n\n");
            for name in &self.rules {
                out.push_str(&format!("- [{name}](../rules/{name}.md)"));
                if let Some(rule) = rule::named(name) {
                    out.push_str(&format!(": {}", RuleDoc::summary(&rule)));
                }
                out.push('\n');
            }
        }
        if !self.sources.is_empty() {
            out.push_str(&format!("\n## Sources\n\n{}\n", self.sources.join(", ")));
        }
        out
    }

    /// The same for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{} (statement)\n{}\n", self.name, wrapped(self.summary, 2, PROSE));
        let indented = |diagram: &str| {
            diagram
                .lines()
                .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") })
                .collect::<String>()
        };
        out.push_str(&format!("Syntax\n{}\n", indented(&self.diagram)));
        if let Some(diagram) = &self.founding_diagram {
            out.push_str(&format!("Syntax in the founding documents\n{}\n", indented(diagram)));
        }
        for (what, text) in self.facts() {
            out.push_str(&wrapped(&format!("{what}: {text}"), 0, PROSE));
        }
        if !self.parameters.is_empty() {
            out.push_str("\nParameters\n");
        }
        for part in &self.parameters {
            let mut line = vec![part.fits()];
            line.extend(part.default.map(|default| format!("default {default}")));
            line.extend(Some(part.remarks()).filter(|remarks| !remarks.is_empty()));
            // "keyword" goes without saying: the letters are capitals.
            line.retain(|word| word != "keyword");
            let behind = if line.is_empty() { String::new() } else { format!("  ({})", line.join("; ")) };
            out.push_str(&wrapped(&format!("{}{behind}", part.name), 2, PROSE));
            out.push_str(&wrapped(&part.meaning, 6, PROSE));
        }
        if !self.rules.is_empty() {
            out.push_str("\nRules that name it\n");
            out.push_str(&wrapped(&self.rules.join(", "), 2, PROSE));
        }
        if !self.sources.is_empty() {
            out.push_str("\nSources\n");
            out.push_str(&wrapped(&self.sources.join(", "), 2, PROSE));
        }
        out
    }
}

/// File name of a picture of a page.
pub(super) fn picture_file(page: &str, number: usize) -> String {
    if number == 0 { format!("{page}.svg") } else { format!("{page}-{}.svg", number + 1) }
}

/// Names of other statements as links to their pages.
fn linked(text: &str, but: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let close = |word: &mut String, out: &mut String| {
        match STATEMENTS.iter().find(|statement| statement.name == word && statement.name != but) {
            Some(statement) => {
                out.push_str(&format!("[{word}]({}.md)", statement.name.to_ascii_lowercase()));
            }
            None => out.push_str(word),
        }
        word.clear();
    };
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
        } else {
            close(&mut word, &mut out);
            out.push(letter);
        }
    }
    close(&mut word, &mut out);
    out
}
