//! The reference: what the description of the dialect and the heads of the rules say, as pages, diagrams and answers.
//!
//! Properties: every function is a function of the two static tables alone; every statement and every rule has a page; a
//! link leads to a page or heading that is there; no line of a text diagram is longer than a profile is wide.

pub mod assumptions;
pub mod explain;
pub mod facts;
pub mod index;
pub mod message;
pub mod notation;
pub mod parameter;
pub mod railroad;
pub mod rule;
pub mod shape;
pub mod statement;
pub mod svg;
pub mod textmate;
pub mod words;

use std::collections::BTreeMap;

use grammar::STATEMENTS;

/// First line of each generated Markdown page, which tells it from those that people write.
pub const MARK: &str = "<!-- Generated: VIPA_UPDATE=1 cargo test --test reference writes it again. -->";

/// Every generated file: its path below `docs/`, and its text.
#[must_use]
pub fn files() -> BTreeMap<String, String> {
    let page = |text: String| format!("{MARK}\n{text}");
    let mut files = BTreeMap::new();
    files.insert("reference/README.md".to_owned(), page(index::statements()));
    files.insert("reference/messages.md".to_owned(), page(index::messages()));
    files.insert("assumptions.md".to_owned(), page(assumptions::page()));
    files.insert("rules/README.md".to_owned(), page(index::rules()));
    files.insert(textmate::PATH.to_owned(), textmate::grammar());
    files.insert("rules/not-checked.md".to_owned(), page(facts::not_checked()));
    for (document, ..) in facts::DOCUMENTS {
        files.insert(format!("rules/facts-{document}.md"), page(facts::page(document)));
    }
    for statement in STATEMENTS {
        let doc = statement::describe(statement);
        let file = doc.file();
        files.insert(format!("reference/{file}.md"), page(doc.markdown()));
        let pictures = svg::pictures(&shape::diagram(statement), doc.name, &doc.diagram);
        for (number, picture) in pictures.into_iter().enumerate() {
            let name = statement::picture_file(&file, number);
            files.insert(format!("reference/diagrams/{name}"), picture.svg);
        }
        if let (Some(diagram), Some(words)) = (shape::founding_diagram(statement), &doc.founding_diagram) {
            let title = format!("{} in the founding documents", doc.name);
            files.insert(
                format!("reference/diagrams/{file}-founding.svg"),
                svg::draw(&diagram, &title, words),
            );
        }
    }
    for rule in rule::all() {
        files.insert(format!("rules/{}.md", rule.name), page(rule.markdown()));
    }
    files
}
