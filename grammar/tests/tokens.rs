//! The scanner does what `tokens.pest` says, on the samples and on any text.
#![allow(missing_docs, clippy::disallowed_methods, reason = "reads the repository's own samples")]

use pest::Parser as _;
#[path = "../../tests/property/mod.rs"]
mod property;

use proptest::prelude::*;
use vipa_grammar::token::{Tokens, scan};

#[derive(pest_derive::Parser)]
#[grammar = "src/tokens.pest"]
struct Spec;

/// Tokens and comments as start and text.
fn scanned(text: &str) -> Vec<(usize, String)> {
    let Tokens { tokens, comments } = scan(text, false);
    let piece = |start: u32, len: u32| {
        let start = start as usize;
        (start, text.get(start..start + len as usize).unwrap().to_owned())
    };
    let mut all: Vec<_> = tokens.iter().map(|token| piece(token.start, token.len)).collect();
    all.extend(comments.iter().map(|comment| piece(comment.start, comment.len)));
    all.sort();
    all
}

fn specified(text: &str) -> Vec<(usize, String)> {
    let parsed = Spec::parse(Rule::text, text).unwrap().next().unwrap();
    parsed
        .into_inner()
        .filter(|pair| matches!(pair.as_rule(), Rule::comment | Rule::quoted | Rule::word))
        .map(|pair| (pair.as_span().start(), pair.as_str().to_owned()))
        .collect()
}

/// What stands between tokens and comments is blanks and record ends: nothing is lost.
fn lossless(text: &str) -> bool {
    let mut at = 0;
    for (start, piece) in scanned(text) {
        if !text.get(at..start).is_some_and(|gap| gap.chars().all(|letter| " \t\r\n".contains(letter))) {
            return false;
        }
        at = start + piece.len();
    }
    text.get(at..).is_some_and(|gap| gap.chars().all(|letter| " \t\r\n".contains(letter)))
}

#[test]
fn the_samples_read_as_specified() {
    let mut seen = 0;
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../samples"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(scanned(&text), specified(&text), "{}", path.display());
            assert!(lossless(&text), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20);
}

proptest! {
    #![proptest_config(property::cases(256))]

    #[test]
    fn any_text_reads_as_specified(text in "(?s).{0,200}") {
        prop_assert_eq!(scanned(&text), specified(&text));
        prop_assert!(lossless(&text));
    }

    #[test]
    fn texts_of_the_interesting_characters_read_as_specified(text in "[A-Z0-9 \t\r\n;\"&.:/-]{0,80}") {
        prop_assert_eq!(scanned(&text), specified(&text));
        prop_assert!(lossless(&text));
    }

    #[test]
    fn any_text_gives_sections_within_it(text in "(?s).{0,300}") {
        for dialect in [vipa_grammar::parse::Dialect::Zos, vipa_grammar::parse::Dialect::Founding] {
            for placed in vipa_grammar::parse::parse(&text, dialect).sections {
                let start = placed.start as usize;
                prop_assert!(text.get(start..).is_some_and(|rest| rest.starts_with(&*placed.section.text)));
                let end = u32::try_from(placed.section.text.len()).unwrap();
                for error in &placed.section.errors {
                    prop_assert!(error.span.end() <= end, "{:?} in {:?}", error, placed.section.text);
                }
                for event in &placed.section.events {
                    prop_assert!(event.span.end() <= end);
                }
            }
        }
    }

    #[test]
    fn words_of_the_dialect_in_any_order_give_sections(words in prop::collection::vec(word(), 0..60)) {
        let text = words.concat();
        for dialect in [vipa_grammar::parse::Dialect::Zos, vipa_grammar::parse::Dialect::Founding] {
            for placed in vipa_grammar::parse::parse(&text, dialect).sections {
                let end = u32::try_from(placed.section.text.len()).unwrap();
                for error in &placed.section.errors {
                    prop_assert!(error.span.end() <= end, "{:?} in {:?}", error, placed.section.text);
                }
            }
        }
    }
}

/// A statement name, a keyword, a value or a piece of layout.
fn word() -> impl Strategy<Value = String> {
    let names: Vec<String> = vipa_grammar::STATEMENTS
        .iter()
        .flat_map(|desc| {
            let slots = desc.slots.iter().map(|slot| slot.name.to_owned());
            slots.chain([desc.name.to_owned()]).chain(desc.end.iter().map(|end| end.full.to_owned()))
        })
        .collect();
    prop_oneof![
        3 => prop::sample::select(names).prop_map(|name| format!("{name} ")),
        3 => prop::sample::select(vec!["10.0.0.1 ", "255.255.255.0 ", "443 ", "NAME1 ", "2001:db8::1 ", "2001:db8::/64 ", "&SYM. ", "\"x y\" ", "= "])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\n", "\n  ", "; comment\n", ";glued\n"]).prop_map(str::to_owned),
    ]
}
