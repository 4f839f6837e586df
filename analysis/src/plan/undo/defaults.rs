//! What gives options back that no profile has coded: their defaults, as the description of their statement has them.

use grammar::description::{Node, SlotKind, StatementDesc};
use grammar::parse::{Dialect, parse};

/// A statement that gives each option of a statement its default, as far as the description knows one.
#[must_use]
pub(super) fn defaults(text: &str) -> Option<String> {
    let parsed = parse(text, Dialect::Zos);
    let section = &parsed.sections.first()?.section;
    let view = section.views().next()?;
    let desc = view.desc()?;
    if desc.name == "SMFCONFIG" {
        return records(view.parts.tokens().map(|(_, word)| word.upper()));
    }
    let options = match &desc.syntax {
        Node::AnyOrder(options) => options.list(),
        operand @ Node::Operand(..) => return Some(format!("{} {}", desc.name, of(operand, desc)?)),
        Node::Nothing
        | Node::Rest(_)
        | Node::Keyword(_)
        | Node::Literal(..)
        | Node::Sequence(_)
        | Node::Choice(_)
        | Node::Optional(_)
        | Node::Repeat(..)
        | Node::Group(..) => return None,
    };
    let mut words: Vec<String> = Vec::new();
    for option in options {
        let coded = view.parts.tokens().any(|(slot, _)| keywords(option).contains(&slot));
        let default = if coded { of(option, desc) } else { None };
        words.extend(default);
    }
    (!words.is_empty()).then(|| format!("{} {}", desc.name, words.join(" ")))
}

/// Records are off by default; their type stands before them.
fn records(words: impl Iterator<Item = String>) -> Option<String> {
    let mut off: Vec<String> = Vec::new();
    for word in words {
        if word.starts_with("TYPE") {
            off.push(word);
        } else if !word.starts_with("NO") {
            off.push(format!("NO{word}"));
        }
    }
    off.iter().any(|word| word.starts_with("NO")).then(|| format!("SMFCONFIG {}", off.join(" ")))
}

/// The keywords that an option may begin with.
fn keywords(node: &Node) -> Vec<grammar::description::Slot> {
    match node {
        Node::Keyword(keyword) => vec![keyword.slot],
        Node::Sequence(nodes) => nodes.first().map_or_else(Vec::new, keywords),
        Node::Choice(nodes) => nodes.iter().flat_map(keywords).collect(),
        Node::Nothing
        | Node::Rest(_)
        | Node::Literal(..)
        | Node::Operand(..)
        | Node::Optional(_)
        | Node::Repeat(..)
        | Node::AnyOrder(_)
        | Node::Group(..) => Vec::new(),
    }
}

/// The default of a part, in words. None where there is none.
fn of(node: &Node, desc: &StatementDesc) -> Option<String> {
    match node {
        Node::Choice(nodes) => {
            nodes.iter().find(|node| is_default(node, desc)).and_then(|node| first(node, desc))
        }
        Node::Sequence(nodes) => {
            let (head, rest) = nodes.split_first()?;
            let mut words = vec![first(head, desc)?];
            for part in rest.iter().filter(|part| !matches!(part, Node::Optional(_) | Node::AnyOrder(_))) {
                words.push(of(part, desc)?);
            }
            Some(words.join(" "))
        }
        Node::Operand(slot, _) => {
            let default = desc.slot_desc(*slot)?.default;
            (!default.is_empty()).then(|| default.to_owned())
        }
        Node::Group(_, inner) => of(inner, desc),
        Node::Nothing
        | Node::Rest(_)
        | Node::Keyword(_)
        | Node::Literal(..)
        | Node::Optional(_)
        | Node::Repeat(..)
        | Node::AnyOrder(_) => None,
    }
}

/// Whether the description says of a choice that it is the default.
fn is_default(node: &Node, desc: &StatementDesc) -> bool {
    let said = |slot| desc.slot_desc(slot).is_some_and(|slot| slot.doc.contains("the default"));
    keywords(node).into_iter().any(said)
}

/// The keyword that a part begins with.
fn first(node: &Node, desc: &StatementDesc) -> Option<String> {
    let slot = keywords(node).into_iter().next()?;
    let found = desc.slot_desc(slot).filter(|slot| slot.kind == SlotKind::Keyword)?;
    Some(found.name.to_ascii_uppercase())
}
