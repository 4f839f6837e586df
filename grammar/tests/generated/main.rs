//! Cases that the description itself gives: for every statement its smallest use, for every limit a value inside and one outside, for every
//! abbreviation the shortest form, for every exclusion and order a text that keeps it and one that breaks it. What no case reaches fails.
#![allow(missing_docs)]

mod limits;
mod pairs;
mod text;

use text::{Wish, errors, lands, text, walk};
use vipa_grammar::STATEMENTS;
use vipa_grammar::description::{KeywordDesc, Node};

#[test]
fn the_smallest_use_of_every_statement_is_clean() {
    for desc in STATEMENTS {
        let body = text(&desc.syntax, &[]).unwrap();
        let found = errors(desc, &body);
        assert!(found.is_empty(), "{} {body}: {found:?}", desc.name);
    }
}

#[test]
fn every_keyword_is_known_in_full_and_in_its_shortest_form_and_no_shorter() {
    let (mut keywords, mut short) = (0, 0);
    for desc in STATEMENTS {
        let mut found: Vec<&'static KeywordDesc> = Vec::new();
        walk(&desc.syntax, &mut Vec::new(), &mut |node, _| {
            if let Node::Keyword(keyword) = node
                && !found.iter().any(|known| known.slot == keyword.slot)
            {
                found.push(keyword);
            }
        });
        for keyword in found {
            keywords += 1;
            let least = keyword.full.get(..keyword.min).unwrap();
            for spelling in [keyword.full.to_owned(), keyword.full.to_ascii_lowercase(), least.to_owned()] {
                let body = text(&desc.syntax, &[Wish::new(keyword.slot, &spelling)]);
                let body =
                    body.unwrap_or_else(|| panic!("no case reaches {} of {}", keyword.full, desc.name));
                assert!(lands(desc, &body, keyword.slot, &spelling), "{} {body}", desc.name);
            }
            if keyword.min < keyword.full.len() {
                short += 1;
                let shorter = least.get(..least.len() - 1).unwrap();
                let body = text(&desc.syntax, &[Wish::new(keyword.slot, shorter)]).unwrap();
                // It may be taken for the keyword that was meant, but not without a word.
                let silent = lands(desc, &body, keyword.slot, shorter) && errors(desc, &body).is_empty();
                assert!(!silent, "{} {body}: {shorter} is too short", desc.name);
            }
        }
    }
    println!("{keywords} keywords, {short} of them with an abbreviation");
    assert!(keywords > 300);
}

#[test]
fn every_statement_name_is_known_by_its_abbreviations() {
    for desc in STATEMENTS {
        for length in desc.min..=desc.name.len() {
            let short = desc.name.get(..length).unwrap();
            let known = vipa_grammar::lookup::statements_named(&short.to_ascii_lowercase());
            assert!(known.contains(&desc.id), "{short} is {}", desc.name);
        }
    }
}
