//! Cases that the description itself gives: for every statement its smallest use, for every operand with a limit a value inside and one
//! outside, for every abbreviation the shortest form, for every pair of keywords that exclude each other both. A part of the description that
//! no case reaches fails the count.
#![allow(missing_docs)]

use std::collections::BTreeSet;

use vipa_grammar::STATEMENTS;
use vipa_grammar::description::{KeywordDesc, Node, Slot, StatementDesc, Type};
use vipa_grammar::parse::{Dialect, parse};
use vipa_grammar::tree::{ErrorKind, EventKind, SyntaxError};

/// What to put for one slot; everything else is as small as can be.
#[derive(Clone, Copy)]
struct Wish<'w> {
    slot: Slot,
    text: &'w str,
}

/// The smallest text of a node that reaches the wished slot, if there is one; or the smallest text at all.
fn text(node: &'static Node, wish: Option<Wish<'_>>) -> Option<String> {
    let reaches = |node: &'static Node| wish.is_none_or(|wish| mentions(node, wish.slot));
    match node {
        Node::Nothing | Node::Rest(_) => wish.is_none().then(String::new),
        Node::Keyword(keyword) => match wish {
            Some(wish) if wish.slot != keyword.slot => None,
            Some(wish) => Some(wish.text.to_owned()),
            None => Some(keyword.full.to_owned()),
        },
        Node::Literal(slot, fixed) => wish.is_none_or(|wish| wish.slot == *slot).then(|| (*fixed).to_owned()),
        Node::Operand(slot, kind) => match wish {
            Some(wish) if wish.slot != *slot => None,
            Some(wish) => Some(wish.text.to_owned()),
            None => Some(sample(*kind)),
        },
        Node::Sequence(nodes) => {
            let aim = match wish {
                None => None,
                Some(wish) => Some(nodes.iter().position(|node| mentions(node, wish.slot))?),
            };
            let mut parts = Vec::new();
            for (index, node) in nodes.iter().enumerate() {
                parts.push(text(node, wish.filter(|_| aim == Some(index)))?);
            }
            Some(parts.join(" "))
        }
        Node::Choice(nodes) => match wish {
            None => nodes.iter().filter_map(|node| text(node, None)).min_by_key(String::len),
            Some(_) => nodes.iter().filter(|node| reaches(node)).find_map(|node| text(node, wish)),
        },
        Node::Optional(node) => match wish {
            None => Some(String::new()),
            Some(_) => text(node, wish),
        },
        Node::Repeat(node, low, _) => match (wish, low) {
            (None, 0) => Some(String::new()),
            (None, low) => Some(vec![text(node, None)?; *low as usize].join(" ")),
            (Some(_), _) => text(node, wish),
        },
        Node::AnyOrder(nodes) => match wish {
            None => Some(String::new()),
            Some(_) => nodes.iter().filter(|node| reaches(node)).find_map(|node| text(node, wish)),
        },
        Node::Group(_, node) => text(node, wish),
    }
}

fn mentions(node: &Node, slot: Slot) -> bool {
    match node {
        Node::Nothing => false,
        Node::Rest(own) | Node::Literal(own, _) | Node::Operand(own, _) => *own == slot,
        Node::Keyword(keyword) => keyword.slot == slot,
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().any(|node| mentions(node, slot))
        }
        Node::Optional(node) | Node::Repeat(node, ..) => mentions(node, slot),
        Node::Group(own, node) => *own == slot || mentions(node, slot),
    }
}

fn walk(node: &'static Node, visit: &mut dyn FnMut(&'static Node)) {
    visit(node);
    match node {
        Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => {}
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().for_each(|node| walk(node, visit));
        }
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => walk(node, visit),
    }
}

fn sample(kind: Type) -> String {
    if let Type::Number(low, _) = kind {
        return low.to_string();
    }
    match kind {
        Type::Number(..) => "0",
        Type::Hex(_) => "A0",
        Type::Ipv4 | Type::Ip | Type::Ipv4OrNet | Type::IpOrNet => "192.0.2.1",
        Type::Ipv6 | Type::Ipv6OrNet => "2001:db8::1",
        Type::Mask => "255.255.255.0",
        Type::Ipv4Net => "192.0.2.0/24",
        Type::Ipv6Net => "2001:db8::/64",
        Type::Name(_) => "QNAME",
        Type::Job | Type::JobPattern => "QJOB",
        Type::PortRange => "80",
        Type::Size => "64K",
        Type::Time => "01:30",
        Type::Text | Type::Word => "QWORD",
        Type::Dsname => "QQ.DATA(MEMBER)",
        Type::Resource => "QRES",
        Type::InterfaceId => "6:7:8:9",
        Type::Mac => "020000000001",
    }
    .to_string()
}

/// Values just inside and just outside the limits of a type.
fn limits(kind: Type) -> (Vec<String>, Vec<String>) {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    match kind {
        Type::Number(low, high) => {
            let mut outside = Vec::new();
            outside.extend(low.checked_sub(1).map(|value| value.to_string()));
            outside.extend(high.checked_add(1).map(|value| value.to_string()));
            (vec![low.to_string(), high.to_string()], outside)
        }
        Type::Hex(digits) => (vec!["F".repeat(digits.into())], vec!["F".repeat(usize::from(digits) + 1)]),
        Type::Ipv4 | Type::Ip => (texts(&["0.0.0.0", "255.255.255.255"]), texts(&["192.0.2.256", "192.0.2"])),
        Type::Ipv6 => (texts(&["::", "2001:db8::1"]), texts(&["2001:db8::12345"])),
        Type::Mask => (texts(&["255.255.255.255", "255.128.0.0"]), texts(&["255.0.255.0"])),
        Type::Ipv4Net => (texts(&["192.0.2.0/0", "192.0.2.1/32"]), texts(&["192.0.2.0/33"])),
        Type::Ipv4OrNet => (texts(&["192.0.2.0/32", "192.0.2.1"]), texts(&["192.0.2.0/33", "192.0.2.999"])),
        Type::Ipv6Net => (texts(&["2001:db8::/128", "::/0"]), texts(&["2001:db8::/129"])),
        Type::Ipv6OrNet => (texts(&["2001:db8::/128", "2001:db8::1"]), texts(&["2001:db8::/129"])),
        Type::IpOrNet => {
            (texts(&["192.0.2.0/32", "2001:db8::/128"]), texts(&["192.0.2.0/33", "2001:db8::/129"]))
        }
        Type::Name(length) => (vec!["Q".repeat(length.into())], vec!["Q".repeat(usize::from(length) + 1)]),
        Type::Job | Type::JobPattern => (vec!["Q".repeat(8)], vec!["Q".repeat(9)]),
        Type::PortRange => (texts(&["1", "1-65535"]), texts(&["0", "65536", "90-80"])),
        Type::Size => (texts(&["0K", "4M", "128"]), texts(&["4G"])),
        Type::Time => (texts(&["00:00", "23:59"]), texts(&["24:00"])),
        Type::Resource => (texts(&["Q", "$ABCDEF1"]), texts(&["QQQQQQQQQ", "1Q"])),
        Type::InterfaceId => (texts(&["0:0:0:1", "ffff:ffff:ffff:ffff"]), texts(&["1:2:3", "1:2:3:4:5"])),
        Type::Mac => (texts(&["0123456789AB"]), texts(&["0123456789A"])),
        Type::Text | Type::Word | Type::Dsname => (vec![sample(kind)], vec![]),
    }
}

/// A statement in the block that it belongs to.
fn wrap(desc: &StatementDesc, body: &str) -> String {
    let end = desc.end.as_ref().map_or("", |end| end.full);
    let own = format!("{} {body}\n{end}\n", desc.name);
    match desc.blocks.first().and_then(|name| STATEMENTS.iter().find(|block| block.name == *name)) {
        None => own,
        Some(block) => {
            let before = text(&block.syntax, None).unwrap_or_default();
            format!("{} {before}\n{own}{}\n", block.name, block.end.as_ref().map_or("", |end| end.full))
        }
    }
}

fn dialect(desc: &StatementDesc) -> Dialect {
    if desc.founding { Dialect::Founding } else { Dialect::Zos }
}

fn errors(desc: &StatementDesc, body: &str) -> Vec<SyntaxError> {
    let parsed = parse(&wrap(desc, body), dialect(desc));
    parsed.sections.iter().flat_map(|placed| placed.section.errors.clone()).collect()
}

/// Whether the parser put a text into the slot.
fn lands(desc: &StatementDesc, body: &str, slot: Slot, wanted: &str) -> bool {
    let parsed = parse(&wrap(desc, body), dialect(desc));
    parsed.sections.iter().any(|placed| {
        placed.section.events.iter().any(|event| {
            event.kind == EventKind::Token
                && event.slot == slot
                && placed.section.text_of(event.span) == wanted
        })
    })
}

#[test]
fn the_smallest_use_of_every_statement_is_clean() {
    for desc in STATEMENTS {
        let body = text(&desc.syntax, None).unwrap();
        let found: Vec<_> = errors(desc, &body).into_iter().filter(|error| !founding(&error.kind)).collect();
        assert!(found.is_empty(), "{} {body}: {found:?}", desc.name);
    }
}

fn founding(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::Founding { .. })
}

#[test]
fn every_operand_takes_what_is_inside_its_limits_and_reports_what_is_outside() {
    let (mut operands, mut inside, mut outside) = (0, 0, 0);
    let mut unreached = Vec::new();
    for desc in STATEMENTS {
        let mut seen = BTreeSet::new();
        let mut found: Vec<(Slot, Type)> = Vec::new();
        walk(&desc.syntax, &mut |node| {
            if let Node::Operand(slot, kind) = node
                && seen.insert(*slot)
            {
                found.push((*slot, *kind));
            }
        });
        for (slot, kind) in found {
            operands += 1;
            let (good, bad) = limits(kind);
            for value in good {
                let Some(body) = text(&desc.syntax, Some(Wish { slot, text: &value })) else {
                    unreached.push(format!("{} {slot:?} {value}", desc.name));
                    continue;
                };
                let wrong: Vec<_> =
                    errors(desc, &body).into_iter().filter(|error| !founding(&error.kind)).collect();
                let landed = lands(desc, &body, slot, &value);
                assert!(wrong.is_empty() || !landed, "{} {body}: {wrong:?}", desc.name);
                inside += 1;
            }
            for value in bad {
                let Some(body) = text(&desc.syntax, Some(Wish { slot, text: &value })) else { continue };
                let found = errors(desc, &body);
                let landed = lands(desc, &body, slot, &value);
                assert!(!found.is_empty() || !landed, "{} {body} is not reported", desc.name);
                outside += 1;
            }
        }
    }
    assert!(unreached.is_empty(), "no case reaches {unreached:#?}");
    println!("{operands} operands, {inside} values inside and {outside} outside their limits");
    assert!(inside >= operands && outside * 2 > operands);
}

#[test]
fn every_keyword_is_known_in_full_and_in_its_shortest_form_and_no_shorter() {
    let (mut keywords, mut short) = (0, 0);
    for desc in STATEMENTS {
        let mut found: Vec<&'static KeywordDesc> = Vec::new();
        walk(&desc.syntax, &mut |node| {
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
                let body = text(&desc.syntax, Some(Wish { slot: keyword.slot, text: &spelling }));
                let body =
                    body.unwrap_or_else(|| panic!("no case reaches {} of {}", keyword.full, desc.name));
                assert!(lands(desc, &body, keyword.slot, &spelling), "{} {body}", desc.name);
            }
            if keyword.min < keyword.full.len() {
                short += 1;
                let shorter = least.get(..least.len() - 1).unwrap();
                let body = text(&desc.syntax, Some(Wish { slot: keyword.slot, text: shorter })).unwrap();
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
