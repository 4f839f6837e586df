//! The facts of the dialect, each with what checks it: rules and descriptions that name it as their source, or what the table of facts
//! names besides, or the reason why nothing checks it.
//!
//! The table is `analysis/facts/*.facts`, one fact a line: `id | in our words | what checks it`. The third part holds, in any number and
//! separated by blanks, `r:rule`, `s:STATEMENT`, `t:spec` (below `tests/specs/`), `m:path` (of the model), or by itself `n:reason: text`.

use std::collections::BTreeMap;

use compiler::rules::RULES;
use grammar::STATEMENTS;

use super::rule::section;
use super::words::cell;

/// The documents that facts are numbered in: number, what it is about, the table.
pub const DOCUMENTS: [(&str, &str, &str); 6] = [
    ("01", "Syntax, VIPADYNAMIC, SRCIP, options of the sysplex", include_str!("../../facts/01.facts")),
    ("02", "Ports, AUTOLOG, options of the stack", include_str!("../../facts/02.facts")),
    ("03", "Interfaces, addresses, routes", include_str!("../../facts/03.facts")),
    ("04", "What happens at run time", include_str!("../../facts/04.facts")),
    ("05", "Messages", include_str!("../../facts/05.facts")),
    ("06", "What users get wrong", include_str!("../../facts/06.facts")),
];

/// Why a fact may be left unchecked: the word in the table, and what it means.
pub const REASONS: [(&str, &str); 7] = [
    ("fact", "Nothing that a profile could get wrong: a default, a permission, the way a display looks."),
    (
        "run",
        "It shows while the stack runs: connections, weights, operators, failures. Some of it the model plays through.",
    ),
    (
        "out",
        "It needs what neither a profile nor `sysplex.toml` says: VTAM, hardware, BPXPRMxx, the security product, policies, other programs.",
    ),
    ("unk", "No source says enough of it."),
    ("taste", "Not wrong: a matter of taste or of the presets of a shop."),
    ("old", "Only releases or products that nobody runs any more."),
    ("later", "It could be checked, and is not yet."),
];

/// What checks a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A rule.
    Rule(String),
    /// The description of a statement: form, ranges, order.
    Syntax(String),
    /// A spec, by its path below `tests/specs/`.
    Spec(String),
    /// A file of the runtime model.
    Model(String),
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The document: `01` to `06`.
    pub document: &'static str,
    /// Its id there, or the number of the section for what has none.
    pub id: &'static str,
    /// What it says, in a few words.
    pub words: &'static str,
    /// What checks it, sorted.
    pub checked: Vec<How>,
    /// The word of the reason and the reason, where the table says that nothing does.
    pub unchecked: Option<(&'static str, &'static str)>,
    /// What cannot be read in its line.
    pub unreadable: Vec<&'static str>,
}

/// Every fact, in the order of the tables.
#[must_use]
pub fn all() -> Vec<Fact> {
    let mut cited = citations();
    let mut facts = Vec::new();
    for (document, _, table) in DOCUMENTS {
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let mut fact = read(document, line);
            let mut by = cited.remove(&(document.to_owned(), fact.id.to_owned())).unwrap_or_default();
            // A description may tell of what it cannot check.
            by.retain(|how| fact.unchecked.is_none() || !matches!(how, How::Syntax(_)));
            fact.checked.extend(by);
            fact.checked.sort();
            fact.checked.dedup();
            facts.push(fact);
        }
    }
    facts
}

fn read(document: &'static str, line: &'static str) -> Fact {
    let mut parts = line.splitn(3, '|').map(str::trim);
    let (id, words, how) = (parts.next(), parts.next(), parts.next());
    let mut fact = Fact {
        document,
        id: id.unwrap_or_default(),
        words: words.unwrap_or_default(),
        checked: Vec::new(),
        unchecked: None,
        unreadable: Vec::new(),
    };
    let how = how.unwrap_or_default();
    if let Some(reason) = how.strip_prefix("n:") {
        fact.unchecked = reason.split_once(": ");
        if fact.unchecked.is_none() {
            fact.unreadable.push(how);
        }
        return fact;
    }
    for word in how.split_whitespace() {
        match word.split_once(':') {
            Some(("r", name)) => fact.checked.push(How::Rule(name.to_owned())),
            Some(("s", name)) => fact.checked.push(How::Syntax(name.to_owned())),
            Some(("t", path)) => fact.checked.push(How::Spec(path.to_owned())),
            Some(("m", path)) => fact.checked.push(How::Model(path.to_owned())),
            Some(_) | None => fact.unreadable.push(word),
        }
    }
    fact
}

/// Facts that rules and descriptions name as their source, with who does.
#[must_use]
pub fn citations() -> BTreeMap<(String, String), Vec<How>> {
    let mut cited: BTreeMap<(String, String), Vec<How>> = BTreeMap::new();
    let mut add = |text: &str, how: &How| {
        for fact in facts_in(text) {
            cited.entry(fact).or_default().push(how.clone());
        }
    };
    for (rule, docs) in RULES {
        add(&section(docs, "Source").unwrap_or_default(), &How::Rule(rule.name.to_owned()));
    }
    for statement in STATEMENTS {
        add(statement.sources, &How::Syntax(statement.name.to_owned()));
    }
    cited
}

/// The facts that a text names, as in `01:VD-05, 04:1.10`.
fn facts_in(text: &str) -> Vec<(String, String)> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'));
    words
        .filter_map(|word| word.split_once(':'))
        .filter(|(document, _)| DOCUMENTS.iter().any(|(known, ..)| known == document))
        .map(|(document, id)| (document.to_owned(), id.trim_end_matches(['.', ':']).to_owned()))
        .filter(|(_, id)| !id.is_empty())
        .collect()
}

/// The page of a document.
#[must_use]
pub fn page(document: &str) -> String {
    let title = DOCUMENTS.iter().find(|(known, ..)| *known == document).map_or("", |(_, title, _)| title);
    let mut out = format!(
        "# Facts {document}: {title}\n\nWhere each fact of the dialect is checked. An id is cited as `{document}:ID`; a number is a section \
         without ids of its own. What nothing checks has its reason on [a page of its own](not-checked.md).\n\n\
         | Fact | In our words | Checked by |\n| --- | --- | --- |\n"
    );
    for fact in all().iter().filter(|fact| fact.document == document) {
        let by = match fact.unchecked {
            Some((_, why)) if fact.checked.is_empty() => format!("not checked: {why}"),
            Some(_) | None => fact.checked.iter().map(How::link).collect::<Vec<_>>().join(", "),
        };
        out.push_str(&format!("| {} | {} | {} |\n", fact.id, cell(fact.words), cell(&by)));
    }
    out
}

impl How {
    fn link(&self) -> String {
        match self {
            Self::Rule(name) => format!("[{name}]({name}.md)"),
            Self::Syntax(name) => format!("form of [{name}](../reference/{}.md)", name.to_ascii_lowercase()),
            Self::Spec(path) => format!("spec [{path}](../../tests/specs/{path})"),
            Self::Model(path) => format!("model [{}](../../{path})", path.rsplit('/').next().unwrap_or(path)),
        }
    }
}

/// `docs/rules/not-checked.md`
#[must_use]
pub fn not_checked() -> String {
    let facts = all();
    let open: Vec<&Fact> = facts.iter().filter(|fact| fact.checked.is_empty()).collect();
    let mut out = format!(
        "# Facts that nothing checks\n\nOf {} facts of the dialect, {} are checked: by a rule, by the description of a statement, by a spec, \
         or by the model. The tables: {}. These are the others, each with the reason.\n",
        facts.len(),
        facts.len() - open.len(),
        DOCUMENTS.map(|(document, ..)| format!("[{document}](facts-{document}.md)")).join(", ")
    );
    for (word, meaning) in REASONS {
        let of = || open.iter().filter(|fact| fact.unchecked.is_some_and(|(reason, _)| reason == word));
        if of().next().is_none() {
            continue;
        }
        out.push_str(&format!("\n## {meaning}\n\n| Fact | In our words | Why |\n| --- | --- | --- |\n"));
        for fact in of() {
            let why = fact.unchecked.map_or("", |(_, why)| why);
            out.push_str(&format!(
                "| {}:{} | {} | {} |\n",
                fact.document,
                fact.id,
                cell(fact.words),
                cell(why)
            ));
        }
    }
    out
}
