//! An operand in words: by the keyword that it stands behind, which people know, rather than by its name in the description.

use grammar::description::{Node, Slot, StatementDesc};

/// Where an operand stands: "behind MTU", "as high port behind EPHEMERALPORTS", "as address".
pub(super) fn words(desc: &'static StatementDesc, slot: Slot) -> String {
    let syntaxes = [Some(&desc.syntax), desc.founding_syntax.as_ref()];
    let times = |syntax: &&'static Node| stands(syntax, slot);
    let syntax = syntaxes.into_iter().flatten().find(|syntax| times(syntax) > 0);
    let mut behind = Vec::new();
    if let Some(syntax) = syntax {
        keywords(syntax, slot, &mut behind);
    }
    let times = syntax.as_ref().map_or(0, times);
    // One that stands without a keyword elsewhere goes by its name.
    match behind.first().filter(|_| behind.len() == times) {
        Some((keyword, true)) => format!("behind {keyword}"),
        Some((keyword, false)) => format!("as {} behind {keyword}", called(desc, slot)),
        None => format!("as {}", called(desc, slot)),
    }
}

/// The name of an operand as a word of a sentence.
fn called(desc: &StatementDesc, slot: Slot) -> String {
    let name = desc.slot_desc(slot).map_or("value", |slot| slot.name);
    if name.eq_ignore_ascii_case(desc.name) {
        return "name".to_owned();
    }
    match name.strip_suffix('6') {
        Some(name) => format!("IPv6 {}", name.replace('-', " ")),
        None => name.replace('-', " "),
    }
}

/// The keywords that an operand stands behind, and whether it is the only operand there.
fn keywords(node: &'static Node, slot: Slot, all: &mut Vec<(&'static str, bool)>) {
    match node {
        Node::Sequence(parts) => {
            let keyword = |part: &&'static Node| matches!(part, Node::Keyword(_));
            for (place, part) in parts.iter().enumerate() {
                let Node::Keyword(first) = part else { continue };
                let rest = parts.iter().skip(place + 1).take_while(|part| !keyword(part));
                let operands: Vec<Slot> = rest.flat_map(operands).collect();
                let here = operands.iter().filter(|operand| **operand == slot).count();
                all.extend(std::iter::repeat_n((first.full, operands.len() == here), here));
            }
            parts.iter().for_each(|part| keywords(part, slot, all));
        }
        Node::Choice(parts) | Node::AnyOrder(parts) => {
            parts.iter().for_each(|part| keywords(part, slot, all));
        }
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => {
            keywords(inner, slot, all);
        }
        Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => {}
    }
}

/// In how many places an operand stands.
fn stands(node: &Node, slot: Slot) -> usize {
    match node {
        Node::Operand(operand, _) => usize::from(*operand == slot),
        Node::Sequence(parts) | Node::Choice(parts) | Node::AnyOrder(parts) => {
            parts.iter().map(|part| stands(part, slot)).sum()
        }
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => stands(inner, slot),
        Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) => 0,
    }
}

/// The operands that may come next to a keyword, without those that have a keyword of their own.
fn operands(node: &Node) -> Vec<Slot> {
    match node {
        Node::Operand(slot, _) => vec![*slot],
        Node::Choice(parts) => parts.iter().flat_map(operands).collect(),
        Node::Sequence(parts) => {
            let plain = |part: &&Node| matches!(part, Node::Operand(..) | Node::Choice(_));
            let begins = parts.first().is_some_and(|first| plain(&first));
            parts.iter().filter(plain).filter(|_| begins).flat_map(operands).collect()
        }
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => operands(inner),
        Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) | Node::AnyOrder(_) => {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_named_by_their_keywords() {
        for (statement, operand, wanted) in [
            ("INTERFACE", "ipaqenet-mtu", "behind MTU"),
            ("INTERFACE", "interface", "as name"),
            ("GLOBALCONFIG", "records", "behind MAXRECS"),
            ("TCPCONFIG", "high-port", "as high port behind EPHEMERALPORTS"),
            ("PORT", "job", "as job"),
            ("PORT", "bind-address", "behind BIND"),
            ("HOME", "address", "as address"),
            ("VIPADISTRIBUTE", "ports", "behind PORT"),
            ("VIPADISTRIBUTE", "xcf", "behind DESTIP"),
            ("VIPADISTRIBUTE", "dvipa", "as dvipa"),
        ] {
            let desc = grammar::STATEMENTS.iter().find(|desc| desc.name == statement).unwrap();
            let (slot, _) = desc.slot(operand).unwrap();
            assert_eq!(words(desc, slot), wanted, "{statement} {operand}");
        }
    }
}
