//! An operand in words: by the keyword that it stands behind, which people know, rather than by its name in the description.

use grammar::description::{Node, Slot, StatementDesc};

/// Where an operand stands: "behind MTU", "as high port behind EPHEMERALPORTS", "as address".
pub(super) fn words(desc: &'static StatementDesc, slot: Slot) -> String {
    let syntaxes = [Some(&desc.syntax), desc.founding_syntax.as_ref()];
    let behind = syntaxes.into_iter().flatten().find_map(|syntax| keyword(syntax, slot));
    match behind {
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

/// The keyword that a part begins with in which an operand stands, and whether that is the only operand there.
fn keyword(node: &'static Node, slot: Slot) -> Option<(&'static str, bool)> {
    match node {
        Node::Sequence(parts) => {
            let own = match parts {
                [Node::Keyword(first), rest @ ..] => {
                    let operands: Vec<Slot> = rest.iter().flat_map(operands).collect();
                    operands.contains(&slot).then_some((first.full, operands.len() == 1))
                }
                _ => None,
            };
            own.or_else(|| parts.iter().find_map(|part| keyword(part, slot)))
        }
        Node::Choice(parts) | Node::AnyOrder(parts) => parts.iter().find_map(|part| keyword(part, slot)),
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => keyword(inner, slot),
        Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => None,
    }
}

/// The operands that may come next to a keyword, without those that have a keyword of their own.
fn operands(node: &Node) -> Vec<Slot> {
    match node {
        Node::Operand(slot, _) => vec![*slot],
        Node::Choice(parts) => parts.iter().flat_map(operands).collect(),
        Node::Sequence([first @ (Node::Operand(..) | Node::Choice(_)), rest @ ..]) => {
            let plain = rest.iter().filter(|part| matches!(part, Node::Operand(..)));
            operands(first).into_iter().chain(plain.flat_map(operands)).collect()
        }
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => operands(inner),
        Node::Nothing
        | Node::Rest(_)
        | Node::Keyword(_)
        | Node::Literal(..)
        | Node::Sequence(_)
        | Node::AnyOrder(_) => Vec::new(),
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
