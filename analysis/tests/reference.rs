//! The reference: diagrams in letters and as SVG, and what a name stands for.
#![allow(missing_docs, reason = "tests say what they do")]

use grammar::STATEMENTS;
use vipa_analysis::reference::explain::{everything, explain};
use vipa_analysis::reference::shape::{self, Shape};
use vipa_analysis::reference::{index, message, notation, statement, svg, words};

fn word(spelled: &str) -> Shape {
    Shape::Keyword { spelled: spelled.to_owned(), faded: false }
}

fn value(name: &str) -> Shape {
    Shape::Operand(name.to_owned())
}

fn letters(main: Shape, width: usize) -> String {
    notation::draw(&shape::Diagram { main, fragments: vec![] }, width)
}

#[test]
fn the_notation_of_each_shape() {
    let two = || vec![word("A"), word("B")];
    for (shape, expected) in [
        (Shape::Sequence(vec![word("KEYword"), value("name")]), "KEYword name"),
        (Shape::Choice(two()), "{A | B}"),
        (Shape::AnyOrder(two()), "<A | B>"),
        (Shape::Optional(Box::new(word("A"))), "[A]"),
        (Shape::Optional(Box::new(Shape::Choice(two()))), "[A | B]"),
        (Shape::Repeat(Box::new(value("name")), u32::MAX), "name..."),
        (Shape::Repeat(Box::new(Shape::Sequence(two())), u32::MAX), "{A B}..."),
        (Shape::Repeat(Box::new(Shape::Choice(two())), 3), "{A | B}...(at most 3)"),
        (Shape::Optional(Box::new(Shape::Repeat(Box::new(value("name")), u32::MAX))), "[name]..."),
        (Shape::Literal("="), "\"=\""),
        (Shape::Rest, "rest"),
        (Shape::Fragment("A operands".to_owned()), "(A operands)"),
    ] {
        assert_eq!(letters(shape, 72), format!("{expected}\n"));
    }
}

#[test]
fn a_long_diagram_is_broken_where_a_reader_would() {
    let names = ["ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON"].map(word).to_vec();
    let pair = Shape::Sequence(vec![word("KEYword"), value("value")]);
    let all = Shape::Sequence(vec![
        word("NAME"),
        Shape::AnyOrder([names.clone(), vec![pair.clone()], names].concat()),
        pair,
    ]);
    assert_eq!(
        letters(all, 30),
        "\
NAME
  < ALPHA | BETA | GAMMA
  | DELTA | EPSILON
  | KEYword value
  | ALPHA | BETA | GAMMA
  | DELTA | EPSILON >
  KEYword value
"
    );
}

#[test]
fn the_same_diagram_has_the_same_bytes_and_is_xml() {
    for known in STATEMENTS {
        let draw = || {
            let diagram = shape::diagram(known);
            svg::draw(&diagram, known.name, &notation::draw(&diagram, words::DIAGRAM))
        };
        let image = draw();
        assert_eq!(image, draw());
        assert_eq!(image.matches('<').count(), image.matches('>').count(), "{}", known.name);
        for (open, close) in [("<svg ", "</svg>"), ("<text", "</text>"), ("<desc", "</desc>")] {
            assert_eq!(image.matches(open).count(), image.matches(close).count(), "{}: {open}", known.name);
        }
        assert!(!image.contains("NaN") && !image.contains("width=\"-"), "{}", known.name);
    }
}

#[test]
fn a_name_means_the_same_in_any_case_and_by_its_abbreviation() {
    for name in ["VIPADISTRIBUTE", "vipadist", "VipaDistrib"] {
        let found = explain(name).unwrap();
        assert_eq!(found.statements.len(), 1, "{name}");
        assert_eq!(found.statements[0].name, "VIPADISTRIBUTE");
    }
}

#[test]
fn a_keyword_is_shown_in_every_statement_that_has_it() {
    let found = explain("sysplexp").unwrap();
    assert!(found.statements.is_empty());
    assert!(found.parameters.iter().any(|used| used.statement == "VIPADISTRIBUTE"));
    // PORT is a statement and a keyword.
    let found = explain("port").unwrap();
    assert_eq!(found.statements[0].name, "PORT");
    assert!(found.parameters.iter().any(|used| used.statement == "VIPADISTRIBUTE"));
    assert!(found.parameters.iter().all(|used| used.parameter.name.eq_ignore_ascii_case("PORT")));
}

#[test]
fn rules_and_messages_are_explained() {
    assert_eq!(explain("DVIPA-Loopback").unwrap().rules[0].message_id, Some("EZZ0638I"));
    let found = explain("ezz8307i").unwrap();
    assert_eq!(found.messages[0].rules, ["dvipa-home-address"]);
    assert_eq!(found.messages[0].statements, ["VIPABACKUP", "VIPADEFINE"]);
    assert!(explain("HOME").unwrap().messages.is_empty());
}

#[test]
fn an_unknown_name_has_near_ones() {
    assert_eq!(explain("hmoe").unwrap_err(), ["HOME"]);
    assert!(explain("dvipa-lopback").unwrap_err().contains(&"dvipa-loopback".to_owned()));
    assert!(explain("VIPADIS").unwrap_err().contains(&"VIPADISTRIBUTE".to_owned()));
    assert!(explain("EZZ8308I").unwrap_err().contains(&"EZZ8307I".to_owned()));
    for nothing in ["", "?", "zzzzzzzzzzzzzzz", &"x".repeat(100_000), "ÄÖÜ", "日本語"] {
        assert_eq!(explain(nothing).unwrap_err(), Vec::<String>::new());
    }
}

#[test]
fn everything_that_is_listed_can_be_explained() {
    let all = everything();
    let names = all.statements.keys().map(|name| (*name).to_owned());
    let names = names.chain(all.keywords.keys().cloned()).chain(all.messages.keys().cloned());
    for name in names.chain(all.rules.keys().map(|name| (*name).to_owned())) {
        let found = explain(&name);
        assert!(found.is_ok(), "{name}");
        let found = found.unwrap();
        assert!(
            found.text().ends_with('\n') && !found.markdown().is_empty() && found.json().is_ok(),
            "{name}"
        );
    }
    assert_eq!(all.messages.len(), message::all().count());
}

#[test]
fn every_statement_and_rule_is_in_its_index() {
    let (statements, rules) = (index::statements(), index::rules());
    for doc in statement::all() {
        assert_eq!(
            statements.matches(&format!("[{}]({}.md)", doc.name, doc.file())).count(),
            1,
            "{}",
            doc.name
        );
    }
    for (rule, _) in compiler::rules::RULES {
        assert_eq!(rules.matches(&format!("[{0}]({0}.md)", rule.name)).count(), 1, "{}", rule.name);
    }
}
