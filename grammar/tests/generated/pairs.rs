//! Each exclusion and each order of the description, with a text that keeps it and one that breaks it.

use vipa_grammar::STATEMENTS;
use vipa_grammar::description::{KeywordDesc, Node, StatementDesc};
use vipa_grammar::tree::ErrorKind;

use crate::text::{Wish, errors, first_keyword, text, walk};

/// A piece of a statement that begins with a keyword, alone.
fn piece(node: &'static Node, keyword: &KeywordDesc) -> Option<String> {
    text(node, &[Wish::new(keyword.slot, keyword.full)])
}

/// The smallest statement in which a keyword stands with another piece in front of it.
fn behind(desc: &'static StatementDesc, front: &str, keyword: &KeywordDesc) -> Option<String> {
    text(&desc.syntax, &[Wish::new(keyword.slot, format!("{front} {}", keyword.full))])
}

/// Whether a node may stand several times: then a second one excludes nothing.
fn repeats(above: &[&'static Node]) -> bool {
    above.iter().any(|node| matches!(node, Node::Repeat(_, _, most) if *most > 1))
}

/// Where a second alternative is no mistake: of retired types only the extent is known, a statement may begin behind another one, and
/// what is read for the sake of those who write it excludes nothing.
fn is_open(
    desc: &StatementDesc,
    above: &[&'static Node],
    nodes: [&'static Node; 2],
    keywords: [&KeywordDesc; 2],
) -> bool {
    let rest = |node: &'static Node| {
        let mut found = false;
        walk(node, &mut Vec::new(), &mut |node, _| found |= matches!(node, Node::Rest(_)));
        found
    };
    let doubtful = |node: &&Node| matches!(node, Node::Group(slot, _) if desc.slot_desc(*slot).is_some_and(|slot| slot.unconfirmed));
    let is_statement = |keyword: &&KeywordDesc| {
        STATEMENTS.iter().any(|desc| desc.name == keyword.full && desc.blocks.is_empty())
    };
    let behind = |node: &&'static Node| matches!(node, Node::Sequence(_)) && rest(node);
    nodes.into_iter().any(rest)
        || above.iter().rev().take(2).any(behind)
        || above.iter().any(doubtful)
        || keywords.iter().all(is_statement)
}

#[test]
fn every_exclusion_is_kept_by_one_and_broken_by_both() {
    let (mut all, mut told) = (0, 0);
    let mut missing = Vec::new();
    for desc in STATEMENTS {
        walk(&desc.syntax, &mut Vec::new(), &mut |node, above| {
            let Node::Choice(parts) = node else { return };
            let keywords: Vec<(&'static Node, &'static KeywordDesc)> =
                parts.iter().filter_map(|part| Some((part, first_keyword(part)?))).collect();
            for pair in keywords.windows(2) {
                let [(first, one), (second, other)] = pair else { continue };
                if one.slot == other.slot
                    || repeats(above)
                    || is_open(desc, above, [first, second], [one, other])
                {
                    continue;
                }
                all += 1;
                let name = format!("{} {} | {}", desc.name, one.full, other.full);
                let kept = [one, other].iter().all(|keyword| {
                    let body = text(&desc.syntax, &[Wish::new(keyword.slot, keyword.full)]);
                    body.is_some_and(|body| errors(desc, &body).is_empty())
                });
                let broken: Vec<String> = [
                    piece(first, one).and_then(|front| behind(desc, &front, other)),
                    piece(second, other).and_then(|front| behind(desc, &front, one)),
                ]
                .into_iter()
                .flatten()
                .collect();
                let found = broken.iter().flat_map(|body| errors(desc, body)).collect::<Vec<_>>();
                told +=
                    usize::from(found.iter().any(|error| matches!(error.kind, ErrorKind::Exclusive { .. })));
                if !kept || found.is_empty() {
                    missing.push(format!("{name}: {broken:?}"));
                }
            }
        });
    }
    println!("{all} exclusions, {told} of them reported as such");
    assert!(missing.is_empty(), "without a case of each kind: {missing:#?}");
    assert!(all > 150, "{all}");
}

#[test]
fn every_order_is_kept_in_turn_and_broken_the_other_way() {
    let mut all = 0;
    let mut missing = Vec::new();
    for desc in STATEMENTS {
        walk(&desc.syntax, &mut Vec::new(), &mut |node, _| {
            let Node::Sequence(parts) = node else { return };
            let keywords: Vec<(&'static Node, &'static KeywordDesc)> =
                parts.iter().filter_map(|part| Some((part, starting(part)?))).collect();
            for pair in keywords.windows(2) {
                let [(_, one), (second, other)] = pair else { continue };
                if one.slot == other.slot {
                    continue;
                }
                all += 1;
                let both = [Wish::new(one.slot, one.full), Wish::new(other.slot, other.full)];
                let kept = text(&desc.syntax, &both).filter(|body| errors(desc, body).is_empty());
                let broken = piece(second, other).and_then(|front| behind(desc, &front, one));
                let reported = broken.as_ref().is_some_and(|body| !errors(desc, body).is_empty());
                if kept.is_none() || !reported {
                    missing.push(format!(
                        "{} {} before {}: {kept:?} {broken:?}",
                        desc.name, one.full, other.full
                    ));
                }
            }
        });
    }
    println!("{all} orders");
    assert!(missing.is_empty(), "without a case of each kind: {missing:#?}");
    assert!(all > 20, "{all}");
}

/// The keyword with which a part begins, the first of several.
fn starting(node: &'static Node) -> Option<&'static KeywordDesc> {
    match node {
        Node::Choice(nodes) => nodes.iter().find_map(starting),
        Node::Optional(node) => starting(node),
        _ => first_keyword(node),
    }
}

#[test]
fn options_of_an_any_order_group_stand_both_ways() {
    let mut all = 0;
    for desc in STATEMENTS {
        walk(&desc.syntax, &mut Vec::new(), &mut |node, _| {
            let Node::AnyOrder(options) = node else { return };
            let keywords: Vec<&'static KeywordDesc> = options.iter().filter_map(starting).collect();
            for pair in keywords.windows(2) {
                let [one, other] = pair else { continue };
                for pair in [[one, other], [other, one]] {
                    let wishes = pair.map(|keyword| Wish::new(keyword.slot, keyword.full));
                    let Some(body) = text(&desc.syntax, &wishes) else { continue };
                    let found = errors(desc, &body);
                    assert!(found.is_empty(), "{} {body}: {found:?}", desc.name);
                    all += 1;
                }
            }
        });
    }
    println!("{all} texts of options in turn and the other way");
    assert!(all > 300, "{all}");
}
