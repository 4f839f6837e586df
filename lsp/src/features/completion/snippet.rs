//! A statement with places to fill in for what it must have.

use grammar::description::{KeywordDesc, Node, StatementDesc, Type};

/// The snippet of a statement; none where its name alone is enough.
pub(super) fn of(desc: &'static StatementDesc) -> Option<String> {
    let mut snippet = Snippet { desc, text: desc.name.to_owned(), places: 0 };
    if let Some(end) = &desc.end {
        snippet.text.push_str(&format!("\n  $0\n{}", end.full));
        return Some(snippet.text);
    }
    snippet.node(&desc.syntax);
    (snippet.places > 0).then_some(snippet.text)
}

struct Snippet {
    desc: &'static StatementDesc,
    text: String,
    places: u32,
}

impl Snippet {
    fn node(&mut self, node: &'static Node) {
        match node {
            Node::Nothing | Node::Rest(_) | Node::Optional(_) | Node::Repeat(_, 0, _) => {}
            Node::Keyword(KeywordDesc { full, .. }) => self.text.push_str(&format!(" {full}")),
            Node::Literal(_, text) => self.text.push_str(&format!(" {text}")),
            Node::Operand(slot, _) => {
                self.places += 1;
                let name = self.desc.slot_desc(*slot).map_or("value", |slot| slot.name);
                self.text.push_str(&format!(" ${{{}:{name}}}", self.places));
            }
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Node::Choice(nodes) => self.choice(nodes),
            // Only what has to stand.
            Node::AnyOrder(nodes) => {
                for node in nodes.iter().filter(|node| matches!(node, Node::Repeat(_, 1, 1))) {
                    self.node(node);
                }
            }
            Node::Repeat(node, ..) | Node::Group(_, node) => self.node(node),
        }
    }

    fn choice(&mut self, nodes: &'static [Node]) {
        if nodes.iter().any(|node| matches!(node, Node::Nothing | Node::Optional(_))) {
            return;
        }
        let words: Vec<&str> = nodes
            .iter()
            .filter_map(|node| if let Node::Keyword(keyword) = node { Some(keyword.full) } else { None })
            .collect();
        if words.len() == nodes.len() {
            self.places += 1;
            self.text.push_str(&format!(" ${{{}|{}|}}", self.places, words.join(",")));
            return;
        }
        // IPv4 is what most have; else the plainest form, which descriptions have last.
        let chosen = nodes.iter().find(|node| ends_with_ipv4(node)).or(nodes.last());
        if let Some(node) = chosen {
            self.node(node);
        }
    }
}

fn ends_with_ipv4(node: &Node) -> bool {
    match node {
        Node::Operand(_, kind) => matches!(kind, Type::Ipv4),
        Node::Sequence(nodes) => {
            !matches!(nodes.first(), Some(Node::Keyword(_))) && nodes.last().is_some_and(ends_with_ipv4)
        }
        Node::Repeat(node, ..) | Node::Group(_, node) => ends_with_ipv4(node),
        Node::Nothing
        | Node::Rest(_)
        | Node::Keyword(_)
        | Node::Literal(..)
        | Node::Choice(_)
        | Node::Optional(_)
        | Node::AnyOrder(_) => false,
    }
}

#[cfg(test)]
mod tests {
    fn snippet(name: &str) -> Option<String> {
        super::of(grammar::STATEMENTS.iter().find(|desc| desc.name == name).expect(name))
    }

    #[test]
    fn what_must_stand_is_there_and_nothing_else() {
        for (name, expected) in [
            ("VIPADYNAMIC", "VIPADYNAMIC\n  $0\nENDVIPADYNAMIC"),
            ("VIPADEFINE", "VIPADEFINE ${1:mask} ${2:address}"),
            ("VIPABACKUP", "VIPABACKUP ${1:address}"),
            ("VIPADISTRIBUTE", "VIPADISTRIBUTE ${1:dvipa} DESTIP ${2:xcf}"),
            ("PORT", "PORT ${1:port-number} ${2|TCP,UDP|} ${3:job}"),
            ("INCLUDE", "INCLUDE ${1:dataset}"),
        ] {
            assert_eq!(snippet(name).as_deref(), Some(expected));
        }
        assert_eq!(snippet("HOME"), None);
    }
}
